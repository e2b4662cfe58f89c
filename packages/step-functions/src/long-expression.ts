/** Paths and intrinsic calls of an accepted definition that are too long for the service: only the other process reads them. */

import { type IntrinsicCall, parseIntrinsic } from './intrinsics/call.ts';
import { parsePath } from './paths/jsonpath.ts';
import type { Path } from './paths/path.ts';
import { leaveToOtherProcess } from './work.ts';

/** A path whose steps nothing in the service can read. */
export class LongPath implements Path {
  readonly kind = 'path';
  readonly text: string;
  #parsed: Path | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get root() {
    return this.#path.root;
  }

  get variable() {
    return this.#path.variable;
  }

  get steps() {
    return this.#path.steps;
  }

  get definite() {
    return this.#path.definite;
  }

  get #path(): Path {
    leaveToOtherProcess();
    this.#parsed ??= parsePath(this.text);
    return this.#parsed;
  }
}

/** A call whose arguments nothing in the service can read. */
export class LongCall implements IntrinsicCall {
  readonly kind = 'call';
  readonly text: string;
  #parsed: IntrinsicCall | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get name() {
    return this.#call.name;
  }

  get arguments() {
    return this.#call.arguments;
  }

  get #call(): IntrinsicCall {
    leaveToOtherProcess();
    this.#parsed ??= parseIntrinsic(this.text);
    return this.#parsed;
  }
}
