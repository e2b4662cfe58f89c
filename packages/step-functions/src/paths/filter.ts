/** Parses filter expressions, `[?(@.price < 10 && @.tag in ['a','b'])]`, into predicates. Nothing runs as code. */

import { equal, isObject, type Json } from '../json.ts';
import { isChecking, spend, spendText } from '../work.ts';
import { type Path, PathSyntaxError, type Predicate } from './path.ts';
import { checkPattern, patternTest } from './pattern.ts';
import { scanQuoted } from './quoted.ts';
import type { Scanner } from './scanner.ts';
import { selectFrom } from './select.ts';

/** Reads a path at the scanner's position. An operand of a filter is a path, which can contain filters. */
export type ScanPath = (scanner: Scanner) => Path;

/** Returns the value of an operand, or undefined when its path finds nothing. */
type Operand = (item: Json, root: Json) => Json | undefined;
type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

const operatorPattern = /===?|!==?|<=|>=|<|>|=~|(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b/iy;
/** A literal without quotes: a number, true, false, null or, as AWS accepts on the right of an operator, text. */
const word = /[^\s()[\],&|]+/y;
/** As Java's BigDecimal reads them: `.85` and `5.` are numbers. */
const number = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const wholeNumber = new RegExp(`^(?:${number.source})$`);
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const regularExpression = /\/((?:[^/\\]|\\.)*)\/([imsu]*)/y;

const same: Comparison = (left, right) => left !== undefined && right !== undefined && equal(left, right);

const has = (list: Json | undefined, item: Json | undefined): boolean =>
  Array.isArray(list) && item !== undefined && list.some((other) => equal(other, item));

/** The operators of Jayway, whose dialect AWS uses. */
const comparisons: Readonly<Record<string, Comparison>> = {
  '==': same,
  '===': same,
  '!=': (left, right) => !same(left, right),
  '!==': (left, right) => !same(left, right),
  '<': (left, right) => order(left, right, (sign) => sign < 0),
  '<=': (left, right) => order(left, right, (sign) => sign <= 0),
  '>': (left, right) => order(left, right, (sign) => sign > 0),
  '>=': (left, right) => order(left, right, (sign) => sign >= 0),
  in: (left, right) => has(right, left),
  nin: (left, right) => !has(right, left),
  contains: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? containsText(left, right) : has(left, right),
  size: (left, right) => sizeOf(left) !== undefined && sizeOf(left) === right,
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
  subsetof: (left, right) => Array.isArray(left) && left.every((item) => has(right, item)),
  anyof: (left, right) => Array.isArray(left) && left.some((item) => has(right, item)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item) => has(right, item)),
};

function containsText(text: string, part: string): boolean {
  spendText(text.length);
  return text.includes(part);
}

/** The length of a text or a list, or the number of an object's members. */
function sizeOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

/** Parses `(…)` after the question mark. Throws PathSyntaxError. */
export function parseFilter(scanner: Scanner, scanPath: ScanPath): Predicate {
  scanner.skipSpace();
  expect(scanner, '(');
  return scanGroup(scanner, scanPath);
}

/** Reads the rest of a parenthesis whose `(` is already taken. */
function scanGroup(scanner: Scanner, scanPath: ScanPath): Predicate {
  const predicate = scanner.nested(() => scanAny(scanner, scanPath));
  expect(scanner, ')');
  return predicate;
}

function scanAny(scanner: Scanner, scanPath: ScanPath): Predicate {
  const parts = [scanAll(scanner, scanPath)];
  while (takeToken(scanner, '||')) parts.push(scanAll(scanner, scanPath));
  return (item, root) => parts.some((part) => spentOn(part, item, root));
}

function scanAll(scanner: Scanner, scanPath: ScanPath): Predicate {
  const parts = [scanOne(scanner, scanPath)];
  while (takeToken(scanner, '&&')) parts.push(scanOne(scanner, scanPath));
  return (item, root) => parts.every((part) => spentOn(part, item, root));
}

/** Counts each term of a filter. */
function spentOn(part: Predicate, item: Json, root: Json): boolean {
  spend(1);
  return part(item, root);
}

function scanOne(scanner: Scanner, scanPath: ScanPath): Predicate {
  if (takeToken(scanner, '!')) {
    const negated = scanner.nested(() => scanOne(scanner, scanPath));
    return (item, root) => !negated(item, root);
  }
  if (takeToken(scanner, '(')) return scanGroup(scanner, scanPath);
  const left = scanOperand(scanner, scanPath, false);
  scanner.skipSpace();
  const operator = scanner.match(operatorPattern)?.toLowerCase();
  if (operator === undefined) return (item, root) => left(item, root) !== undefined;
  if (operator === '=~') return scanPattern(scanner, left);
  const right = scanOperand(scanner, scanPath, true);
  const compare = comparisons[operator];
  if (!compare) throw new PathSyntaxError(`the filter operator ${operator} is unknown`);
  return (item, root) => compare(left(item, root), right(item, root));
}

function scanPattern(scanner: Scanner, left: Operand): Predicate {
  scanner.skipSpace();
  const literal = scanner.match(regularExpression);
  if (literal === undefined) throw new PathSyntaxError(`a /pattern/ is missing in the path ${scanner.text}`);
  const end = literal.lastIndexOf('/');
  const [pattern, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  if (isChecking()) checkPattern(pattern, flags);
  let matches: ((text: string) => boolean) | undefined;
  return (item, root) => {
    const value = left(item, root);
    if (typeof value !== 'string') return false;
    matches ??= patternTest(pattern, flags);
    return matches(value);
  };
}

function scanOperand(scanner: Scanner, scanPath: ScanPath, unquoted: boolean): Operand {
  scanner.skipSpace();
  if (scanner.sees('@') || scanner.sees('$')) {
    const path = scanPath(scanner);
    return (item, root) => {
      const found = selectFrom(path, path.root === 'item' ? item : root);
      return path.definite ? found[0] : found.length > 0 ? found : undefined;
    };
  }
  const value = scanLiteral(scanner, unquoted);
  return () => value;
}

function scanLiteral(scanner: Scanner, unquoted: boolean): Json {
  if (scanner.sees("'") || scanner.sees('"')) return scanQuoted(scanner);
  if (scanner.take('[')) return scanner.nested(() => scanList(scanner, unquoted));
  // An operator can follow without a blank.
  const left = unquoted ? undefined : scanner.match(number);
  if (left !== undefined) return Number(left);
  const text = scanner.match(word);
  const constant = text === undefined ? undefined : words.get(text);
  if (constant !== undefined) return constant;
  if (text !== undefined && wholeNumber.test(text)) return Number(text);
  if (text !== undefined && unquoted) return text;
  throw new PathSyntaxError(`a value is missing in the filter of ${scanner.text}`);
}

function scanList(scanner: Scanner, unquoted: boolean): Json[] {
  const items: Json[] = [];
  while (!takeToken(scanner, ']')) {
    items.push(scanLiteral(scanner, unquoted));
    takeToken(scanner, ',');
    scanner.skipSpace();
  }
  return items;
}

function order(left: Json | undefined, right: Json | undefined, accepts: (sign: number) => boolean): boolean {
  if (typeof left === 'number' && typeof right === 'number') return accepts(left - right);
  if (typeof left === 'string' && typeof right === 'string') {
    spendText(Math.min(left.length, right.length));
    return accepts(left < right ? -1 : left > right ? 1 : 0);
  }
  return false;
}

function takeToken(scanner: Scanner, token: string): boolean {
  scanner.skipSpace();
  return scanner.take(token);
}

function expect(scanner: Scanner, token: string): void {
  if (!takeToken(scanner, token))
    throw new PathSyntaxError(`a ${token} is missing in the path ${scanner.text}`);
}
