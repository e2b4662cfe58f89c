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

/** Returns whether JSON text has too many levels, or commas outside of its texts; takes a fraction of the time of reading it. */
function isTooLarge(text: string, mostCommas: number): boolean {
  let levels = 0;
  let commas = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      at = endOfText(text, at);
    } else if (character === openBracket || character === openBrace) {
      levels += 1;
      if (levels > mostLevels) return true;
    } else if (character === closeBracket || character === closeBrace) levels -= 1;
    else if (character === comma) commas += 1;
  }
  return commas > mostCommas;
}

/** Returns the index of the quote that ends the text which begins at a quote, or the length of a JSON text that ends before. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let before = end - 1;
    while (json.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return json.length;
}

const [quote, comma, backslash, openBracket, closeBracket, openBrace, closeBrace] = [
  34, 44, 92, 91, 93, 123, 125,
];

/** Returns whether the JSON of a value is longer than a number of characters, without writing it. */
export function isLongerThan(value: Json, most: number): boolean {
  // A text is never shorter than what is measured: a number counts as one character.
  const known = textOf(value);
  return (known === undefined || known.length > most) && measured(value, most) === 'long';
}

/** Returns whether the JSON of a value is longer than a number of characters or has too many levels, without writing it. */
function measured(value: Json, most: number): 'long' | 'deep' | 'fine' {
  const length = lengthOf(value, most, 0);
  if (length === Number.POSITIVE_INFINITY) return 'deep';
  return length > most ? 'long' : 'fine';
}

/**
 * Returns about how many characters the JSON of a value has, at most. Of what is longer than `most` it counts only a part; with too
 * many levels it returns infinity.
 */
function lengthOf(value: Json, most: number, levels: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 1;
  if (levels > mostLevels) return Number.POSITIVE_INFINITY;
  // Brackets and commas.
  let length = 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      length += 1 + lengthOf(item, most - length, levels + 1);
      if (length > most) return length;
    }
  } else {
    for (const key of Object.keys(value)) {
      length += key.length + 4 + lengthOf(value[key] ?? null, most - length, levels + 1);
      if (length > most) return length;
    }
  }
  return Math.max(2, length);
}

/** Returns the JSON of a value for a message, without what is longer or deeper than a state's data can be. */
export const shownJson = (value: Json): string =>
  measured(value, longestShown) === 'fine' ? JSON.stringify(value) : '…';
const longestShown = 262_144;

/** Throws SyntaxError for the JSON text of a value with too many levels. */
export function refuseDeep(text: string): void {
  // Each level has at least two characters.
  if (text.length > 2 * mostLevels && isTooLarge(text, Number.POSITIVE_INFINITY))
    throw new SyntaxError(`The JSON has more than ${mostLevels} levels`);
}

/** Values that a request can have. Definitions and data are texts in it, so that those of AWS's clients have some hundreds. */
const mostValues = 10_000;

/** Parses a request. Throws SyntaxError, also for one with too many levels or values, whose reading would keep others waiting. */
export function parseRequest(text: string): Json {
  if (isTooLarge(text, mostValues))
    throw new SyntaxError(`The request has more than ${mostLevels} levels or ${mostValues} values`);
  return JSON.parse(text) as Json;
}

/** Parses JSON text to the type Json. Throws SyntaxError, also for a value with too many levels. */
export function parseJson(text: string): Json {
  refuseDeep(text);
  return JSON.parse(text) as Json;
}

/** Returns whether valid JSON text has an object with two members of one name; the value is what was read from it. */
export function repeatsName(text: string, value: unknown): boolean {
  let names = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:?/g)) if (token.endsWith(':')) names += 1;
  return names !== membersOf(value);
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce((sum, one) => sum + membersOf(one), Array.isArray(value) ? 0 : inner.length);
}

/** Characters of a part of a definition that the service reads itself; it leaves longer parts to the other process. */
export const longestReadHere = 20_000;

/** Returns a value as JSON text, or why it is not written: it has surely more than `most` characters, or too many levels. */
export function writeJson(value: Json, most: number): { text: string } | 'long' | 'deep' {
  const known = textOf(value);
  const size = known === undefined ? measured(value, most) : known.length > most ? 'long' : 'fine';
  return size === 'fine' ? { text: jsonText(value) } : size;
}

/** JSON texts of large values by the values, which nothing changes: states pass them on, and each writing takes long. */
const texts = new WeakMap<object, string>();
const leastKept = 1000;

/** JSON texts that values were read from. As on AWS, a value that nothing changes keeps its text: blanks, `1.0`, large integers. */
const given = new WeakMap<object, string>();

/** Parses JSON text to a value that keeps the text. Throws as parseJson. */
export const parseKept = (text: string): Json => withText(parseJson(text), text);

/** Makes a value keep the text that it was read from. */
export function withText(value: Json, text: string): Json {
  if (typeof value === 'object' && value !== null) given.set(value, text);
  return value;
}

/** Copies of values that keep their text: one for each, since an expression can read a large value many times. */
const copies = new WeakMap<object, Json>();

/** Returns a value without the text that it was read from, so that its text is written again. */
export function withoutText(value: Json): Json {
  if (typeof value !== 'object' || value === null || !given.has(value)) return value;
  const copy = copies.get(value) ?? (Array.isArray(value) ? [...value] : { ...value });
  copies.set(value, copy);
  return copy;
}

/** Makes a value that nothing changes keep its JSON text, which is on one line, as if it had been written. */
export function keepText(value: Json, text: string): void {
  if (typeof value === 'object' && value !== null && text.length >= leastKept) texts.set(value, text);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null ? (given.get(value) ?? texts.get(value)) : undefined;
}

/** Returns the text of a value that is known, on one line. */
function knownLine(value: unknown): string | undefined {
  const known = textOf(value);
  if (!known?.includes('\n') || typeof value !== 'object' || value === null) return known;
  const line = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, line);
  return line;
}

/** Returns the JSON text of a value that nothing changes. */
export function jsonText(value: Json): string {
  const known = textOf(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  keepText(value, text);
  return text;
}

/** Parts of a value that are looked at for known texts. Others are written at once, which takes a tenth of the time for each. */
const mostParts = 1000;

/** Returns the JSON text, on one line, of something that contains values whose texts can be known. */
export function jsonTextAround(value: object): string {
  let left = mostParts;
  const write = (part: unknown): string => {
    const known = knownLine(part);
    if (known !== undefined) return known;
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const names = Array.isArray(part) ? part : Object.keys(part);
    left -= names.length;
    if (left < 0) return JSON.stringify(part);
    if (Array.isArray(part)) return `[${part.map(write).join()}]`;
    const fields = Object.entries(part).filter(([, inner]) => inner !== undefined);
    return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`).join()}}`;
  };
  return write(value);
}
