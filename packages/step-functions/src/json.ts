/** JSON values that the engine passes between states. */

import { spend, spendText } from './work.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether two values are deeply equal; the order of keys does not matter. */
export function equal(left: Json, right: Json): boolean {
  spend(1);
  if (typeof left === 'string' && typeof right === 'string') spendText(Math.min(left.length, right.length));
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equal(item, right[index] ?? null))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null))
  );
}

/** Number of levels that a value can have: reading and writing of deeper ones ends with an exhausted stack. */
export const mostLevels = 1000;

function isTooDeep(value: Json, levels = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  // Most parts of a large value are scalars; a call for each would take most of the time.
  for (const part of Array.isArray(value) ? value : Object.values(value))
    if (typeof part === 'object' && part !== null && isTooDeep(part, levels - 1)) return true;
  return false;
}

/** Returns whether a text is long enough for too many levels: each has at least two characters. */
const isLong = (text: string): boolean => text.length > 2 * mostLevels;

/** Returns whether the JSON of a value is longer than a number of characters, without writing it. */
export function isLongerThan(value: Json, most: number): boolean {
  let length = 0;
  const waiting: Json[] = [];
  const count = (part: Json) => {
    length += typeof part === 'string' ? part.length + 2 : 1;
    if (typeof part === 'object' && part !== null) waiting.push(part);
  };
  count(value);
  for (let next = waiting.pop(); next !== undefined && length <= most; next = waiting.pop()) {
    if (Array.isArray(next)) next.forEach(count);
    else if (isObject(next))
      for (const [key, part] of Object.entries(next)) {
        length += key.length + 4;
        count(part);
      }
  }
  return length > most;
}

/** Parses JSON text to the type Json. Throws SyntaxError, also for a value with too many levels. */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (isLong(text) && isTooDeep(value)) throw new SyntaxError(`The JSON has more than ${mostLevels} levels`);
  return value;
}

/** Returns a value as JSON text; undefined if it has too many levels. */
export function writeJson(value: Json): string | undefined {
  try {
    const text = JSON.stringify(value);
    return isLong(text) && isTooDeep(value) ? undefined : text;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
