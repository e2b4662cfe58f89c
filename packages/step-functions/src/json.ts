/** JSON values that the engine passes between states. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether two values are deeply equal; the order of keys does not matter. */
export function equal(left: Json, right: Json): boolean {
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

export function isTooDeep(value: Json, levels = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isTooDeep(part, levels - 1));
}

/** Parses JSON text to the type Json. Throws SyntaxError, also for a value with too many levels. */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  // A level has at least two characters.
  if (text.length > 2 * mostLevels && isTooDeep(value))
    throw new SyntaxError(`The JSON has more than ${mostLevels} levels`);
  return value;
}
