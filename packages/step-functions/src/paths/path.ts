/** A parsed path: its root and the steps from there to its values. */

import type { Json } from '../json.ts';

export type Step =
  | { readonly type: 'names'; readonly names: readonly string[] }
  | { readonly type: 'indexes'; readonly indexes: readonly number[] }
  /** `[(@.length-2)]`: so many places before the end of a list. */
  | { readonly type: 'fromEnd'; readonly places: number }
  | { readonly type: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'wildcard' }
  | { readonly type: 'filter'; readonly test: Predicate }
  | { readonly type: 'descendants' };

/** Returns whether a step leads to one value at most. Several names give one object. */
export function isDefinite(step: Step): boolean {
  if (step.type === 'indexes') return step.indexes.length === 1;
  return step.type === 'names' || step.type === 'fromEnd';
}

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

/** Thrown for a step, or a comparison in a filter, that does not fit its value. It ends the whole path. */
export class Misapplied extends Error {
  override readonly name = 'Misapplied';
}

/** A parsed filter. `root` is the value of `$` inside it: the value at which the whole path started. */
export type Predicate = (item: Json, root: Json) => boolean;
