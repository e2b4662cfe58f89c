/** A parsed path: its root and the steps from there to its values. */

import type { Json } from '../json.ts';

export type Step =
  | { readonly type: 'names'; readonly names: readonly string[] }
  | { readonly type: 'indexes'; readonly indexes: readonly number[] }
  | { readonly type: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'wildcard' }
  | { readonly type: 'filter'; readonly test: Predicate }
  | { readonly type: 'descendants' };

export interface Path {
  readonly kind: 'path';
  readonly text: string;
  readonly root: 'input' | 'context' | 'variable' | 'item';
  /** Name of the variable when the root is one. */
  readonly variable: string;
  readonly steps: readonly Step[];
  /** A definite path selects exactly one value; any other path gives a list, empty without matches. */
  readonly definite: boolean;
}

/** Thrown for text that is not a valid JSONPath. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

/** A parsed filter. `root` is the value of `$` inside it: the value at which the whole path started. */
export type Predicate = (item: Json, root: Json) => boolean;
