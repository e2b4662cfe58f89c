/** Numbers that a definition gives as literals, paths or JSONata: timeouts, concurrency, tolerated failures. */

import type { Amount } from '../definition/model.ts';
import { runtimeError } from '../errors.ts';
import { valueAt } from '../expression.ts';
import { shownJson } from '../json.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import type { JsonataExpression } from '../jsonata/expression.ts';
import type { Scope } from '../scope.ts';

/** From the guide's pages of Task and Wait. */
export const mostSeconds = 99_999_999;

/**
 * Returns a whole number that is at least `least`. `field` is the name without `Path`. Throws States.Runtime, in
 * JSONata States.QueryEvaluationError. A path of a Map's setting can lead to a number written as text.
 */
export function wholeNumber(
  amount: Amount | undefined,
  field: string,
  least: number,
  scope: Scope,
  textAllowed = false,
): number | undefined {
  if (amount === undefined || typeof amount === 'number') return amount;
  if (amount.kind === 'jsonata') return wholeJsonata(amount, field, least, scope);
  const value = valueAt(amount, scope);
  const found = textAllowed && typeof value === 'string' ? numberIn(value, 'integer') : value;
  if (typeof found === 'number' && Number.isInteger(found) && found >= least && found <= mostOf(field))
    return found;
  const shown = typeof value === 'string' ? value : shownJson(value);
  throw runtimeError(
    `The ${field}Path field refers to value "${shown}" which is not a valid integer: ${amount.text}`,
  );
}

/** Numbers in text, as Java reads them. */
const written = {
  integer: /^[+-]?\d+$/,
  float: /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/,
};

/** Returns the number that a text is. */
export function numberIn(text: string, kind: keyof typeof written): number | undefined {
  return written[kind].test(text) ? Number(text) : undefined;
}

function wholeJsonata(expression: JsonataExpression, field: string, least: number, scope: Scope): number {
  const value = Number(evaluateTyped(expression, scope, 'integer'));
  const most = mostOf(field);
  if (value >= least && value <= most) return value;
  const range = most === mostSeconds ? `from ${least} to ${most}` : `from ${least}`;
  throw queryError(`The ${field} field must be a whole number ${range}, but was: ${value}`, field);
}

function mostOf(field: string): number {
  return field.endsWith('Seconds') ? mostSeconds : Number.POSITIVE_INFINITY;
}
