/** Intrinsic functions on numbers. */

import { drawn } from '../elsewhere.ts';
import type { Json } from '../json.ts';
import { integerAt } from './arguments.ts';

export function add(values: readonly Json[]): Json {
  return integerAt(values, 0) + integerAt(values, 1) + 0;
}

/** Returns a random number from the first (included) to the second (excluded); a seed makes it repeatable. */
export function random(values: readonly Json[]): Json {
  const [start, end] = [integerAt(values, 0), integerAt(values, 1)];
  if (end <= start) throw new Error('The end must be greater than the start.');
  const fraction = values.length === 3 ? seededFraction(integerAt(values, 2)) : drawn(() => Math.random());
  return start + Math.floor(fraction * (end - start));
}

/** Returns a number in [0, 1) from a 32-bit seed: one round of the mulberry32 generator. */
function seededFraction(seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}
