import { withDigits } from './han-numbers.ts';

const collator = new Intl.Collator('en', { sensitivity: 'base' });

/** A run of text, or the digits of a number: integer part without leading zeros, fraction without trailing ones. */
type Token = string | { whole: string; fraction: string };

/** Extension after the last dot, unless it is a number: `jpg`, `cb7`, `7z`, but not the `5` of `Chapter 1.5`. */
const extensionPattern = /\.(?:\p{L}[\p{L}\p{N}]{0,5}|7z)$/u;

/** A decimal has one point. Dates and versions have two, and each of their parts is a separate number. */
const numberPattern = /(?<![\d.])\d+\.\d+(?!\.?\d)|\d+/g;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: digits, index } of text.matchAll(numberPattern)) {
    if (index > end) tokens.push(text.slice(end, index));
    const [whole = '', fraction = ''] = digits.split('.');
    tokens.push({ whole: whole.replace(/^0+/, ''), fraction: fraction.replace(/0+$/, '') });
    end = index + digits.length;
  }
  if (end < text.length) tokens.push(text.slice(end));
  return tokens;
}

const byCode = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Spaces and symbols come before numbers, and numbers before letters. */
const rankOf = (token: Token) => (typeof token === 'string' ? (/^[\p{L}\p{M}]/u.test(token) ? 2 : 0) : 1);

function compareTokens(a: Token, b: Token): number {
  if (typeof a === 'string' && typeof b === 'string') return rankOf(a) - rankOf(b) || collator.compare(a, b);
  if (typeof a === 'string' || typeof b === 'string') return rankOf(a) - rankOf(b);
  return a.whole.length - b.whole.length || byCode(a.whole, b.whole) || byCode(a.fraction, b.fraction);
}

/** Compares item by item; a list that is a prefix of the other comes first. */
function compareLists<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i] as T, b[i] as T);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Splits the folders and the name of a path into tokens; the extension only decides between otherwise equal names. */
function keyOf(path: string) {
  const plain = withDigits(path.normalize('NFKC').replace(/[\s_]+/g, ' '));
  const extension = extensionPattern.exec(plain)?.[0] ?? '';
  const name = plain.slice(0, plain.length - extension.length);
  return { parts: name.split('/').map((part) => tokensOf(part.trim())), extension };
}

/**
 * Orders names and paths as a person would: `page 2` before `page 10`, `Ch 1` before `Ch 1.5`, `Chapter 60` before its
 * copy `Chapter 60 (2)`. A total order: different names are never equal.
 */
export function byNaturalOrder(a: string, b: string): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return (
    compareLists(left.parts, right.parts, (x, y) => compareLists(x, y, compareTokens)) ||
    collator.compare(left.extension, right.extension) ||
    byCode(a, b)
  );
}
