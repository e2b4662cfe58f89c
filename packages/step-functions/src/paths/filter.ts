/** Parses filter expressions, `[?(@.price < 10 && @.tag in ['a','b'])]`, into predicates. Nothing runs as code. */

import { equal, isLongerThan, isObject, type Json, longestReadHere } from '../json.ts';
import { isChecking, leaveToOtherProcess, spend, spendText } from '../work.ts';
import { Misapplied, type Path, PathSyntaxError, type Predicate } from './path.ts';
import { checkPattern, patternTest } from './pattern.ts';
import { scanQuoted } from './quoted.ts';
import { mostLevels, type Scanner, tooDeep } from './scanner.ts';
import { operandAt } from './select.ts';

/** Reads a path at the scanner's position. An operand of a filter is a path, which can contain filters. */
export type ScanPath = (scanner: Scanner) => Path;

/** The value of an operand of a filter, undefined when its path finds nothing, and the text that a literal was read from. */
interface Term {
  readonly value: Json | undefined;
  readonly text?: string | undefined;
}
type Operand = (item: Json, root: Json) => Term;
type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

/** The sign of a comparison, undefined where nothing can be compared. */
type Sign = number | undefined;

const operatorPattern = /===?|!==?|<=|>=|<|>|=~|(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b/iy;
/** An item of a list without quotes: a number, true, false, null or text. */
const word = /[^\s()[\],&|]+/y;
/** The same on the right of an operator, where AWS accepts text with blanks. */
const unquotedText = /(?:(?!&&|\|\|)[^()[\]])+/y;
const restOfName = /=[^()&|]*/y;
/** Text without quotes on the left ends before a sign of an operator, or before one that is a word. */
const untilSign = /[^()[\]=!<>&|]+/y;
const operatorWord = /\b(?:in|nin|contains|size|empty|subsetof|anyof|noneof)\b/gi;
/** As Java's BigDecimal reads them: `.85` and `5.` are numbers. */
const wholeNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
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

/**
 * Parses `(…)` after the question mark. As in Jayway 2.0, other parentheses group nothing: `(a || b) && c` is `a || b && c`; and a
 * filter is evaluated from its end. Throws PathSyntaxError.
 */
export function parseFilter(scanner: Scanner, scanPath: ScanPath): Predicate {
  scanner.skipSpace();
  if (!scanner.sees('(')) expect(scanner, '(');
  let all: Predicate[] = [];
  const either = [all];
  for (let open = 0; ; ) {
    for (; takeToken(scanner, '('); open += 1) if (open === mostLevels) throw tooDeep();
    all.push(scanOne(scanner, scanPath));
    while (open > 0 && takeToken(scanner, ')')) open -= 1;
    if (open === 0) break;
    if (takeToken(scanner, '&&')) continue;
    if (!takeToken(scanner, '||')) expect(scanner, ')');
    all = [];
    either.push(all);
  }
  const fromEnd = either.toReversed().map((terms) => terms.toReversed());
  return (item, root) =>
    fromEnd.some((terms) =>
      terms.every((term) => {
        spend(1);
        return term(item, root);
      }),
    );
}

function scanOne(scanner: Scanner, scanPath: ScanPath): Predicate {
  const isNegated = takeToken(scanner, '!');
  if (isNegated && !scanner.sees('@'))
    throw new PathSyntaxError(`only a path that starts with @ can be negated in ${scanner.text}`);
  const start = scanner.position;
  const left = scanOperand(scanner, scanPath, false);
  const isMember = /^\s*[@$]./s.test(scanner.text.slice(start, scanner.position));
  scanner.skipSpace();
  const operator = scanner.match(operatorPattern)?.toLowerCase();
  if (operator === undefined) {
    // Jayway takes `@.a=1` for the name of a member.
    if (isMember && scanner.match(restOfName) !== undefined) return () => isNegated;
    if (isNegated) return (item, root) => (left(item, root).value ?? null) === null;
    return (item, root) => (left(item, root).value ?? null) !== null;
  }
  if (operator === '=~') return scanPattern(scanner, left);
  const right = scanOperand(scanner, scanPath, true);
  const holds = signs[operator];
  const hasOrder = operator !== '==' && operator !== '!=';
  if (holds)
    return (item, root) => {
      const [first, second] = [left(item, root), right(item, root)];
      const sign = signOf(first, second);
      return sign !== undefined && holds(sign) && (!hasOrder || isOrdered(first, second));
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
    const { value = null } = left(item, root);
    if (value === null) return false;
    matches ??= patternTest(pattern, flags);
    return matches(typeof value === 'string' ? value : written(value));
  };
}

/** Returns the JSON text of a value. One that a path found can be many times as large as the state's input. */
function written(value: Json): string {
  if (isLongerThan(value, longestReadHere)) leaveToOtherProcess();
  const text = JSON.stringify(value);
  spendText(text.length);
  return text;
}

function scanOperand(scanner: Scanner, scanPath: ScanPath, onRight: boolean): Operand {
  scanner.skipSpace();
  if (scanner.sees('@') || scanner.sees('$')) {
    const path = scanPath(scanner);
    if (!path.definite) throw new PathSyntaxError(`the predicate path: ${path.text} is not definite`);
    return (item, root) => ({ value: operandAt(path, path.root === 'item' ? item : root) });
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
  const text = onRight ? scanner.match(unquotedText)?.trimEnd() : textBefore(scanner);
  // Jayway reads a pattern, with which no value can be compared.
  if (text !== undefined && /^\/.*\/i?$/s.test(text)) return { value: undefined };
  return { value: unquoted(text, scanner), text };
}

/** Reads text without quotes up to its operator. In linear time, which one pattern with a look ahead does not take. */
function textBefore(scanner: Scanner): string | undefined {
  const text = scanner.match(untilSign);
  if (text === undefined) return undefined;
  operatorWord.lastIndex = 1;
  const end = operatorWord.exec(text)?.index;
  if (end !== undefined) scanner.position -= text.length - end;
  else if (!/[=!<>]/.test(scanner.text.charAt(scanner.position))) return undefined;
  return text.slice(0, end).trimEnd();
}

function scanList(scanner: Scanner): Json[] {
  const items: Json[] = [];
  while (!takeToken(scanner, ']')) {
    if (scanner.sees("'") || scanner.sees('"')) items.push(scanQuoted(scanner));
    else if (scanner.take('[')) items.push(scanner.nested(() => scanList(scanner)));
    else items.push(unquoted(scanner.match(word), scanner));
    takeToken(scanner, ',');
    scanner.skipSpace();
  }
  return items;
}

/** Returns the value of a literal without quotes. Throws PathSyntaxError. */
function unquoted(text: string | undefined, scanner: Scanner): Json {
  const constant = text === undefined ? undefined : words.get(text);
  if (constant !== undefined) return constant;
  if (text !== undefined && wholeNumber.test(text)) return Number(text);
  if (!text) throw new PathSyntaxError(`a value is missing in the filter of ${scanner.text}`);
  return text;
}

/**
 * Compares two terms. As in Jayway 2.0, a literal is text, quoted or not. On the right, text is compared with a number or a boolean by
 * its value; on the left it is not.
 */
function signOf(left: Term, right: Term): Sign {
  if (left.value === undefined || right.value === undefined) return undefined;
  const [first, second] = [left.text ?? left.value, right.text ?? right.value];
  const [firstIsNull, secondIsNull] = [isNull(first), isNull(second)];
  if (firstIsNull || secondIsNull) return Number(secondIsNull) - Number(firstIsNull);
  if (typeof second === 'string') return signOfText(first, second);
  if (typeof first === 'number' && typeof second === 'number') return first - second;
  return typeof first === 'boolean' && typeof second === 'boolean'
    ? Number(first) - Number(second)
    : undefined;
}

const isNull = (value: Json): boolean => value === null || value === 'null';

function signOfText(value: Json, text: string): Sign {
  if (typeof value === 'string') {
    spendText(Math.min(value.length, text.length));
    return value < text ? -1 : value > text ? 1 : 0;
  }
  if (typeof value === 'boolean') return Number(value) - Number(text.toLowerCase() === 'true');
  if (typeof value !== 'number') return undefined;
  if (!wholeNumber.test(text)) throw new Misapplied(`The text '${text}' is not a number`);
  return value - Number(text);
}

/** Returns whether an order holds. Jayway finds none between null and a literal or another value. */
function isOrdered(left: Term, right: Term): boolean {
  return ((left.text ?? left.value) === null) === ((right.text ?? right.value) === null);
}

function takeToken(scanner: Scanner, token: string): boolean {
  scanner.skipSpace();
  return scanner.take(token);
}

function expect(scanner: Scanner, token: string): void {
  if (!takeToken(scanner, token))
    throw new PathSyntaxError(`a ${token} is missing in the path ${scanner.text}`);
}
