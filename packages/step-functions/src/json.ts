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
  return measured(value, most) === 'long';
}

/**
 * Returns whether the JSON of a value is longer than a number of characters or has too many levels, without writing it. Visits the
 * values level by level, which takes a third of the time of writing them.
 */
function measured(value: Json, most: number): 'long' | 'deep' | 'fine' {
  let length = 0;
  const next: (Json[] | JsonObject)[] = [];
  const count = (part: Json) => {
    if (typeof part === 'object' && part !== null) next.push(part);
    else length += typeof part === 'string' ? part.length + 2 : 1;
  };
  count(value);
  for (let levels = 0; next.length > 0; levels += 1) {
    if (levels > mostLevels) return 'deep';
    for (const part of next.splice(0)) {
      if (length > most) return 'long';
      if (Array.isArray(part)) {
        // Brackets and commas.
        length += Math.max(2, part.length + 1);
        for (const item of part) count(item);
      } else {
        const keys = Object.keys(part);
        length += Math.max(2, keys.length + 1);
        for (const key of keys) {
          length += key.length + 3;
          count(part[key] ?? null);
        }
      }
    }
  }
  return length > most ? 'long' : 'fine';
}

/** Parses JSON text to the type Json. Throws SyntaxError, also for a value with too many levels. */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (isLong(text) && isTooDeep(value)) throw new SyntaxError(`The JSON has more than ${mostLevels} levels`);
  return value;
}

/** Returns a value as JSON text, or why it is not written: it has surely more than `most` characters, or too many levels. */
export function writeJson(value: Json, most: number): { text: string } | 'long' | 'deep' {
  const size = measured(value, most);
  return size === 'fine' ? { text: JSON.stringify(value) } : size;
}
