/** The patterns of StringMatches, in time that is linear in the text and the pattern, whatever they are. */

import { spendText } from './work.ts';

/** Text between two asterisks, and the length of the longest prefix that ends at each of its characters. */
interface Part {
  readonly text: string;
  readonly prefixes: readonly number[];
}

/** Splits a pattern at its asterisks, which match any text. A backslash makes an asterisk or a backslash literal. */
export function wildcardParts(pattern: string): Part[] {
  const texts = [''];
  for (const [token] of pattern.matchAll(/\\[*\\]|[\s\S]/g)) {
    if (token === '*') texts.push('');
    else texts[texts.length - 1] += token.length > 1 ? token.slice(1) : token;
  }
  return texts.map((text) => ({ text, prefixes: prefixesOf(text) }));
}

/** Takes the earliest place of each part, so that it never has to go back. */
export function matchesWildcard(value: string, parts: readonly Part[]): boolean {
  const texts = parts.map(({ text }) => text);
  spendText(value.length);
  const [first = ''] = texts;
  const last = texts.at(-1) ?? '';
  if (parts.length === 1) return value === first;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
    return false;
  const end = value.length - last.length;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    position = endOf(part, value, position);
    if (position > end) return false;
  }
  return true;
}

/** Returns where the first occurrence from `start` ends, or Infinity (Knuth, Morris, Pratt). */
function endOf({ text, prefixes }: Part, value: string, start: number): number {
  let matched = 0;
  for (let position = start; matched < text.length; position += 1) {
    if (position >= value.length) return Number.POSITIVE_INFINITY;
    matched = extended(text, prefixes, matched, value[position]);
    if (matched === text.length) return position + 1;
  }
  return start;
}

function prefixesOf(text: string): number[] {
  const prefixes = [0];
  for (let position = 1; position < text.length; position += 1)
    prefixes.push(extended(text, prefixes, prefixes[position - 1] ?? 0, text[position]));
  return prefixes;
}

/** Returns how many characters match after the next one, when `matched` matched before it. */
function extended(
  text: string,
  prefixes: readonly number[],
  matched: number,
  next: string | undefined,
): number {
  let length = matched;
  while (length > 0 && text[length] !== next) length = prefixes[length - 1] ?? 0;
  return text[length] === next ? length + 1 : 0;
}
