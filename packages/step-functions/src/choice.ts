/** Choice rules, compiled to tests on the state's data. An operator never matches a value of another type. */

import { runtimeError } from './errors.ts';
import { type Expression, evaluate } from './expression.ts';
import { isObject, type Json } from './json.ts';
import { parsePath } from './paths/jsonpath.ts';
import type { Path } from './paths/path.ts';
import { PathNotFound } from './paths/select.ts';
import { readPath, type Scope } from './scope.ts';
import { nanoseconds, parseTimestamp } from './timestamps.ts';
import { matchesWildcard, wildcardParts } from './wildcard.ts';

export type Test = (scope: Scope) => boolean;
type Compare = (left: Json, right: Json) => boolean;

const signs: Readonly<Record<string, (sign: number) => boolean>> = {
  Equals: (sign) => sign === 0,
  LessThan: (sign) => sign < 0,
  LessThanEquals: (sign) => sign <= 0,
  GreaterThan: (sign) => sign > 0,
  GreaterThanEquals: (sign) => sign >= 0,
};

/** Operators with a value to compare with; each also exists as `…Path`, which takes the value from a path. */
const comparisons: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['BooleanEquals', (left, right) => typeof left === 'boolean' && left === right],
  ...Object.entries(signs).flatMap(([name, accepts]): [string, Compare][] => [
    [`Numeric${name}`, ordered(accepts, (value) => (typeof value === 'number' ? value : undefined))],
    [`String${name}`, ordered(accepts, (value) => (typeof value === 'string' ? value : undefined))],
    [
      `Timestamp${name}`,
      ordered(accepts, (value) => (typeof value === 'string' ? nanoseconds(value) : undefined)),
    ],
  ]),
]);

/** Operators that test the type of a value; `false` inverts the test. */
const kinds: ReadonlyMap<string, (value: Json) => boolean> = new Map<string, (value: Json) => boolean>([
  ['IsNull', (value) => value === null],
  ['IsString', (value) => typeof value === 'string'],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => typeof value === 'string' && parseTimestamp(value) !== undefined],
]);

/** Fields of a rule that are not operators. */
const otherFields = new Set(['Variable', 'Next', 'Comment', 'Assign']);
const onlyInJsonata = new Set(['Condition', 'Output']);
/** Exactly one of these says what a rule tests; Condition is JSONata's. */
const selectors = ['And', 'Or', 'Not', 'Variable', 'Condition'];

/** Receives a problem of a rule and the place of the field below it. */
export type ReportRule = (problem: string, place: string) => void;

/** Compiles a rule, or an operand of And, Or or Not. */
export function compileTest(rule: Json, report: ReportRule, place = ''): Test {
  const never: Test = () => false;
  if (!isObject(rule)) {
    report('A choice rule must be an object', place);
    return never;
  }
  const foreign = Object.keys(rule).filter((field) => onlyInJsonata.has(field));
  for (const field of foreign)
    report(
      `The QueryLanguage is set to 'JSONPath', but field '${field}' is only supported for the 'JSONata' QueryLanguage`,
      place,
    );
  if (foreign.length > 0) return never;
  // Only the rule itself leads to a state.
  if (place !== '' && Object.hasOwn(rule, 'Next')) report("Field 'Next' is not supported", place);
  if (selectors.filter((field) => Object.hasOwn(rule, field)).length !== 1) {
    report(`The object must have only one of the following fields, [${selectors.join(', ')}]`, place);
    return never;
  }
  const operators = Object.keys(rule).filter((field) => !otherFields.has(field));
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    report(
      operator === undefined
        ? 'A choice rule must have an operator'
        : `There should only be one of the following fields: [${operators.join(', ')}]`,
      place,
    );
    return never;
  }
  const operand = rule[operator] ?? null;
  const below = `${place}/${operator}`;
  if (operator === 'Not') {
    const test = compileTest(operand, report, below);
    return (scope) => !test(scope);
  }
  if (operator === 'And' || operator === 'Or') {
    if (!Array.isArray(operand) || operand.length === 0) {
      report(Array.isArray(operand) ? 'Value cannot be empty' : 'The value must be a list', below);
      return never;
    }
    const tests = operand.map((inner, index) => compileTest(inner, report, `${below}[${index}]`));
    return operator === 'And'
      ? (scope) => tests.every((test) => test(scope))
      : (scope) => tests.some((test) => test(scope));
  }
  const variable = compilePath(rule.Variable, report, `${place}/Variable`);
  return variable ? compileOperator(operator, operand, variable, report, below) : never;
}

function compileOperator(
  operator: string,
  operand: Json,
  variable: Path,
  report: ReportRule,
  place: string,
): Test {
  if (operator === 'IsPresent' || kinds.has(operator)) {
    if (typeof operand !== 'boolean') report(`${operator} must be true or false`, place);
    if (operator === 'IsPresent') return (scope) => isPresent(variable, scope) === operand;
    const isKind = kinds.get(operator);
    return (scope) => isKind?.(read(variable, scope)) === operand;
  }
  if (operator === 'StringMatches') {
    if (typeof operand !== 'string') report('StringMatches must be a string', place);
    const parts = wildcardParts(String(operand));
    return (scope) => {
      const value = read(variable, scope);
      return typeof value === 'string' && matchesWildcard(value, parts);
    };
  }
  const literal = comparisons.get(operator);
  if (literal) {
    if (!literalFits(operator, operand)) report(`The value of ${operator} has the wrong type`, place);
    return (scope) => literal(read(variable, scope), operand);
  }
  const compare = operator.endsWith('Path') ? comparisons.get(operator.slice(0, -4)) : undefined;
  if (!compare) {
    report(`${operator} is not a choice operator`, place);
    return () => false;
  }
  const other = compilePath(operand, report, place);
  return (scope) => other !== undefined && compare(read(variable, scope), read(other, scope));
}

function literalFits(operator: string, operand: Json): boolean {
  if (operator.startsWith('Boolean')) return typeof operand === 'boolean';
  if (operator.startsWith('Numeric')) return typeof operand === 'number';
  if (operator.startsWith('String')) return typeof operand === 'string';
  return typeof operand === 'string' && parseTimestamp(operand) !== undefined;
}

function compilePath(text: Json | undefined, report: ReportRule, place: string): Path | undefined {
  try {
    if (typeof text === 'string') return parsePath(text);
  } catch {
    // Reported below, like a value that is not a string.
  }
  const isPath = typeof text === 'string' && text.startsWith('$');
  report(`Value is not a Reference Path${isPath ? '' : ": Reference path didn't start with '$'"}`, place);
  return undefined;
}

function read(expression: Expression, scope: Scope): Json {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    throw runtimeError(
      `Invalid path '${expression.text}': The choice state's condition path references an invalid value.`,
    );
  }
}

function isPresent(path: Path, scope: Scope): boolean {
  try {
    const value = readPath(path, scope);
    return path.definite || (Array.isArray(value) && value.length > 0);
  } catch (error) {
    if (error instanceof PathNotFound) return false;
    throw error;
  }
}

function ordered<T extends number | string | bigint>(
  accepts: (sign: number) => boolean,
  take: (value: Json) => T | undefined,
): Compare {
  return (left, right) => {
    const [first, second] = [take(left), take(right)];
    if (first === undefined || second === undefined) return false;
    return accepts(first < second ? -1 : first > second ? 1 : 0);
  };
}
