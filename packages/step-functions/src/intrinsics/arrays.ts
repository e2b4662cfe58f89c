/** Intrinsic functions on arrays. */

import { equal, type Json } from '../json.ts';
import { arrayAt, integerAt } from './arguments.ts';

/** AWS's limit for the number of elements of a range. */
const longestRange = 1000;

export function partition(values: readonly Json[]): Json {
  const list = arrayAt(values, 0);
  const size = integerAt(values, 1);
  if (size < 1) throw new Error('The chunk size must be a positive integer.');
  const chunks: Json[] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}

export function contains(values: readonly Json[]): Json {
  const sought = values[1] ?? null;
  return arrayAt(values, 0).some((item) => equal(item, sought));
}

/** Returns a range that includes its first value, and its last value when the step reaches it. */
export function range(values: readonly Json[]): Json {
  const [first, last, step] = [integerAt(values, 0), integerAt(values, 1), integerAt(values, 2)];
  if (step === 0) throw new Error('The increment must not be zero.');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > longestRange) throw new Error(`The range must not have more than ${longestRange} elements.`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

export function getItem(values: readonly Json[]): Json {
  const list = arrayAt(values, 0);
  const value = list[integerAt(values, 1)];
  if (value === undefined) throw new Error('The array index is out of bounds.');
  return value;
}

export function length(values: readonly Json[]): Json {
  return arrayAt(values, 0).length;
}

export function unique(values: readonly Json[]): Json {
  const kept: Json[] = [];
  for (const item of arrayAt(values, 0)) if (!kept.some((other) => equal(other, item))) kept.push(item);
  return kept;
}
