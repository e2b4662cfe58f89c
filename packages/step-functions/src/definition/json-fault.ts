/** Finds the fault of JSON that AWS refuses, in its words, which are those of the JSON reader Jackson. */

import { locator, scanPlaces } from './locate.ts';

/** Characters of a text that AWS shows. */
const shownLength = 500;

export interface JsonFault {
  readonly message: string;
  /** As in `[Source: (String)"{a"; line: 1, column: 3]`; both count from 1, the column after the fault. */
  readonly place: string;
}

/**
 * Returns undefined for valid JSON whose objects have each name once, and for faults whose words are not known: the end of the text within
 * a value, faults in strings.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const { fault, repeated } = scanPlaces(text);
  if (repeated) return { message: `Duplicate field '${repeated.name}'`, place: placeOf(text, repeated.end) };
  if (fault === undefined || fault >= text.length) return undefined;
  const found = faultAt(text, fault);
  return found && { message: found.message, place: placeOf(text, fault + found.length) };
}

function placeOf(text: string, offset: number): string {
  const { line, column } = locator(text)(offset);
  const rest = text.length - shownLength;
  const source = `"${text.slice(0, shownLength)}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`;
  return `[Source: (String)${source}; line: ${line}, column: ${column}]`;
}

const token = /[\p{L}\p{N}_$]+/uy;

function faultAt(text: string, fault: number): { message: string; length: number } | undefined {
  const before = text.slice(0, fault).trimEnd().at(-1);
  const character = String.fromCodePoint(text.codePointAt(fault) ?? 0);
  const unexpected = (expected: string) => ({
    message: `Unexpected character ('${character}' (code ${text.codePointAt(fault)})): was expecting ${expected}`,
    length: character.length,
  });
  if (character === '"') return undefined;
  if (before === '{') return unexpected('double-quote to start field name');
  token.lastIndex = fault;
  const word = token.exec(text)?.[0];
  if (word === undefined || ![undefined, ':', '['].includes(before)) return undefined;
  return {
    message: `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    length: word.length,
  };
}
