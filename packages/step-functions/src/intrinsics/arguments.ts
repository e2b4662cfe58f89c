/** Checks of the argument types of intrinsic functions. */

import { isObject, type Json, type JsonObject } from '../json.ts';

export function arrayAt(values: readonly Json[], index: number): Json[] {
  const value = values[index];
  if (!Array.isArray(value)) throw new Error(`Argument ${index + 1} must be an array.`);
  return value;
}

export function objectAt(values: readonly Json[], index: number): JsonObject {
  const value = values[index];
  if (!isObject(value)) throw new Error(`Argument ${index + 1} must be a JSON object.`);
  return value;
}

export function stringAt(values: readonly Json[], index: number): string {
  const value = values[index];
  if (typeof value !== 'string') throw new Error(`Argument ${index + 1} must be a string.`);
  return value;
}

/** Returns an integer. AWS rounds a fraction to the nearest integer, halves upwards: 2.5 → 3, -2.5 → -2. */
export function integerAt(values: readonly Json[], index: number): number {
  const value = values[index];
  if (typeof value !== 'number') throw new Error(`Argument ${index + 1} must be a number.`);
  return Math.round(value) + 0;
}
