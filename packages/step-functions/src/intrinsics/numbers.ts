/** Intrinsic functions on numbers. */

import { drawn } from '../elsewhere.ts';
import type { Json } from '../json.ts';
import { SeededRandom } from '../random.ts';
import { integerAt } from './arguments.ts';

/** The guide's limits of the numbers to add. */
const [least, most] = [-(2 ** 31), 2 ** 31 - 1];

export function add(values: readonly Json[]): Json {
  const [first, second] = [integerAt(values, 0), integerAt(values, 1)];
  if (Math.min(first, second) < least || Math.max(first, second) > most)
    throw new Error(`The numbers must be from ${least} to ${most}.`);
  return first + second + 0;
}

/** Returns a random number from the first (included) to the second (excluded); a seed makes it repeatable. */
export function random(values: readonly Json[]): Json {
  const [start, end] = [integerAt(values, 0), integerAt(values, 1)];
  if (end <= start) throw new Error('The end must be greater than the start.');
  if (values.length === 3) return start + new SeededRandom(integerAt(values, 2)).below(end - start);
  return start + Math.floor(drawn(() => Math.random()) * (end - start));
}
