/** Evaluates a state's JSONata expressions and reports errors in AWS's words. */

import { type Evaluated, elsewhere, sendable } from '../elsewhere.ts';
import { EvaluationError, internalError, queryErrorName } from '../errors.ts';
import { type Json, type JsonObject, shownJson } from '../json.ts';
import type { Scope } from '../scope.ts';
import { follow } from './direct.ts';
import type { JsonataExpression, Reading } from './expression.ts';

export type JsonType = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

export function queryError(detail: string, field: string): EvaluationError {
  return new EvaluationError(queryErrorName, detail, field);
}

/**
 * Returns the values of expressions on the same data, in order. Throws States.QueryEvaluationError for the first that
 * fails.
 */
export function evaluateExpressions(expressions: readonly JsonataExpression[], scope: Scope): Json[] {
  const results = resultsOf(expressions[0] ?? expressions, expressions, scope, {});
  return expressions.map((expression, index) => resultOf(expression, results[index]));
}

/** Returns the value of one expression. Throws States.QueryEvaluationError when it does not have one of the types. */
export function evaluateTyped(
  expression: JsonataExpression,
  scope: Scope,
  expected: JsonType,
  alsoTaken?: JsonType,
): Json {
  const [result] = resultsOf(expression, [expression], scope, {});
  return typed(expression, result, expected, alsoTaken);
}

/** Returns the index of the first condition that holds, or -1. Throws States.QueryEvaluationError for one that fails before. */
export function firstThatHolds(
  what: object,
  conditions: readonly (boolean | JsonataExpression)[],
  scope: Scope,
): number {
  const last = conditions.indexOf(true);
  const asked = last < 0 ? conditions : conditions.slice(0, last);
  const expressions = asked.filter((condition) => typeof condition !== 'boolean');
  const results = expressions.length === 0 ? [] : resultsOf(what, expressions, scope, { conditions: true });
  let next = 0;
  return conditions.findIndex((condition) =>
    typeof condition === 'boolean' ? condition : typed(condition, results[next++], 'boolean') === true,
  );
}

/** `what` identifies the expressions in the definition. */
function resultsOf(
  what: object,
  expressions: readonly JsonataExpression[],
  scope: Scope,
  how: { readonly conditions?: true },
): readonly Evaluated[] {
  const direct = expressions.map(({ names }) => (names ? follow(names, scope) : 'elsewhere'));
  const asked = expressions.filter((_, index) => direct[index] === 'elsewhere');
  const results = asked.length === 0 ? [] : resultsElsewhere(what, asked, scope, how);
  let next = 0;
  return direct.map((followed): Evaluated => {
    if (followed === 'elsewhere') return results[next++] ?? { type: 'nothing' };
    return followed === 'nothing' ? { type: 'nothing' } : { type: 'value', value: followed.value };
  });
}

function resultsElsewhere(
  what: object,
  expressions: readonly JsonataExpression[],
  scope: Scope,
  how: { readonly conditions?: true },
): readonly Evaluated[] {
  return elsewhere(what, () => ({
    kind: 'jsonata',
    texts: expressions.map(({ text }) => text),
    bindings: bindings(expressions, scope),
    ...how,
  }));
}

function typed(
  expression: JsonataExpression,
  result: Evaluated | undefined,
  expected: JsonType,
  alsoTaken?: JsonType,
): Json {
  const value = resultOf(expression, result);
  const type = typeOf(value);
  if (type === expected || type === alsoTaken || (expected === 'number' && type === 'integer')) return value;
  throw queryError(
    `The JSONata expression '${expression.text}' specified for the field '${expression.field}' returned an unexpected ` +
      `result type. Expected '${expected}', but was '${type}' for value: ${shownJson(value)}`,
    expression.field,
  );
}

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as JsonType;
}

/**
 * Returns the words for an evaluation that failed. As on AWS, a full stop precedes an error of JSONata that has a code, and a colon a
 * limit.
 */
export function thrown(message: string): string {
  if (message.startsWith(internalError)) return `threw an ${message}`;
  return `threw an error during evaluation${/^[A-Z]\d{4}: /.test(message) ? '.' : ':'} ${message}`;
}

/** Throws States.QueryEvaluationError where an expression has no value. */
export function resultOf({ text, field }: JsonataExpression, result: Evaluated | undefined): Json {
  if (result?.type === 'value') return result.value;
  const what = `The JSONata expression '${text}' specified for the field '${field}'`;
  if (result?.type === 'error') throw queryError(`${what} ${thrown(result.message)}`, field);
  throw queryError(`${what} returned nothing (undefined).`, field);
}

/** Returns what the expressions of a request can read. */
export function bindings(expressions: readonly Reading[], scope: Scope): Record<string, Json> {
  const bound: Record<string, Json> = {};
  for (const name of expressions.flatMap(({ variables }) => variables)) {
    const value = scope.variable(name);
    if (value !== undefined) bound[name] = value;
  }
  return { ...bound, states: partsRead(expressions, scope) };
}

/** Returns the parts of `$states` that expressions can read: a Map would send all its items for each of them. */
function partsRead(expressions: readonly Reading[], scope: Scope): JsonObject {
  const all = expressions.some(({ parts }) => parts === undefined);
  const parts = new Set(expressions.flatMap((expression) => expression.parts ?? []));
  const states: JsonObject = {};
  if (all || parts.has('input')) states.input = sendable(scope.input);
  if (scope.result !== undefined && (all || parts.has('result'))) states.result = sendable(scope.result);
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  if (all) states.context = scope.context();
  else if ([...parts].some((part) => part.startsWith('context.')))
    states.context = Object.fromEntries(
      Object.entries(scope.context()).filter(([name]) => parts.has(`context.${name}`)),
    );
  return states;
}
