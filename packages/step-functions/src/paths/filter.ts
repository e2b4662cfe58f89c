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

/** The value of an operand of a filter, undefined when its path finds nothing, and the text that a literal was read from. */
interface Term {
  readonly value: Json | undefined;
  readonly text?: string | undefined;
}
type Operand = (item: Json, root: Json) => Term;
type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

/** The sign of a comparison, NaN for values that differ and have no order, and undefined where nothing can be compared. */
type Sign = number | undefined;

const operatorPattern = /===?|!==?|<=|>=|<|>|=~|(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b/iy;
/** An item of a list without quotes: a number, true, false, null or text. */
const word = /[^\s()[\],&|]+/y;
/** The same on the right of an operator, where AWS accepts text with blanks. */
const unquotedText = /(?:(?!&&|\|\|)[^()[\]])+/y;
/** As Java's BigDecimal reads them: `.85` and `5.` are numbers. */
const number = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const wholeNumber = new RegExp(`^(?:${number.source})$`);
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const regularExpression = /\/((?:[^/\\]|\\.)*)\/([imsu]*)/y;

const has = (list: Json | undefined, item: Json | undefined): boolean =>
  Array.isArray(list) && item !== undefined && list.some((other) => equal(other, item));

/** The operators that compare values. None holds where an operand is missing. */
const signs: Readonly<Record<string, (sign: number) => boolean>> = {
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** Operators of later versions of Jayway. */
const comparisons: Readonly<Record<string, Comparison>> = {
  '===': (left, right) => left !== undefined && right !== undefined && equal(left, right),
  '!==': (left, right) => left !== undefined && right !== undefined && !equal(left, right),
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
  if (operator === undefined) return (item, root) => left(item, root).value !== undefined;
  if (operator === '=~') return scanPattern(scanner, left);
  const right = scanOperand(scanner, scanPath, true);
  const holds = signs[operator];
  if (holds)
    return (item, root) => {
      const sign = signOf(left(item, root), right(item, root));
      return sign !== undefined && holds(sign);
    };
  const compare = comparisons[operator];
  if (!compare) throw new PathSyntaxError(`the filter operator ${operator} is unknown`);
  return (item, root) => compare(left(item, root).value, right(item, root).value);
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
    const { value } = left(item, root);
    if (typeof value !== 'string') return false;
    matches ??= patternTest(pattern, flags);
    return matches(value);
  };
}

function scanOperand(scanner: Scanner, scanPath: ScanPath, onRight: boolean): Operand {
  scanner.skipSpace();
  if (scanner.sees('@') || scanner.sees('$')) {
    const path = scanPath(scanner);
    return (item, root) => {
      const found = selectFrom(path, path.root === 'item' ? item : root);
      return { value: path.definite ? found[0] : found.length > 0 ? found : undefined };
    };
  }
  const literal = scanLiteral(scanner, onRight);
  return () => literal;
}

function scanLiteral(scanner: Scanner, onRight: boolean): Term {
  if (scanner.sees("'") || scanner.sees('"')) {
    const text = scanQuoted(scanner);
    return { value: text, text };
  }
  if (scanner.take('[')) return { value: scanner.nested(() => scanList(scanner)) };
  // On the left, an operator can follow without a blank.
  const text = onRight
    ? scanner.match(unquotedText)?.trimEnd()
    : (scanner.match(number) ?? scanner.match(word));
  return { value: unquoted(text, onRight, scanner), text };
}

function scanList(scanner: Scanner): Json[] {
  const items: Json[] = [];
  while (!takeToken(scanner, ']')) {
    if (scanner.sees("'") || scanner.sees('"')) items.push(scanQuoted(scanner));
    else if (scanner.take('[')) items.push(scanner.nested(() => scanList(scanner)));
    else items.push(unquoted(scanner.match(word), true, scanner));
    takeToken(scanner, ',');
    scanner.skipSpace();
  }
  return items;
}

/** Returns the value of a literal without quotes. Throws PathSyntaxError. */
function unquoted(text: string | undefined, textAllowed: boolean, scanner: Scanner): Json {
  const constant = text === undefined ? undefined : words.get(text);
  if (constant !== undefined) return constant;
  if (text !== undefined && wholeNumber.test(text)) return Number(text);
  if (text === undefined || !textAllowed)
    throw new PathSyntaxError(`a value is missing in the filter of ${scanner.text}`);
  return text;
}

/** Compares two terms. As in Jayway 2.0, a literal is text, quoted or not, which a number or a boolean is compared with by its value. */
function signOf(left: Term, right: Term): Sign {
  if (left.value === undefined || right.value === undefined) return undefined;
  if (right.text !== undefined) return signOfText(left.value, right.text);
  const sign =
    left.text === undefined ? signOfValues(left.value, right.value) : signOfText(right.value, left.text);
  return left.text === undefined || sign === undefined ? sign : -sign;
}

function signOfText(value: Json, text: string): Sign {
  if (typeof value === 'string') {
    spendText(Math.min(value.length, text.length));
    return value < text ? -1 : value > text ? 1 : 0;
  }
  if (typeof value === 'number') return wholeNumber.test(text) ? value - Number(text) : Number.NaN;
  if (typeof value === 'boolean') return Number(value) - Number(text.toLowerCase() === 'true');
  if (value === null) return text === 'null' ? 0 : Number.NaN;
  return undefined;
}

function signOfValues(left: Json, right: Json): Sign {
  if (typeof right === 'string') return signOfText(left, right);
  if (typeof left === 'string') {
    const sign = signOfText(right, left);
    return sign === undefined ? undefined : -sign;
  }
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return equal(left, right) ? 0 : Number.NaN;
}

function takeToken(scanner: Scanner, token: string): boolean {
  scanner.skipSpace();
  return scanner.take(token);
}

function expect(scanner: Scanner, token: string): void {
  if (!takeToken(scanner, token))
    throw new PathSyntaxError(`a ${token} is missing in the path ${scanner.text}`);
}
