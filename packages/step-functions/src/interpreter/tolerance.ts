/** ToleratedFailureCount and ToleratedFailurePercentage: how much of a Map may fail. */

import type { Amount, MapState } from '../definition/model.ts';
import { type EvaluationError, runtimeError } from '../errors.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import type { Scope } from '../scope.ts';
import { valueAt, wholeNumber } from './amount.ts';

/** Iterations of an inline Map that may fail: the lower of count and percentage, undefined where neither is given. */
export function toleratedIterations(state: MapState, items: number, scope: Scope): number | undefined {
  const count = wholeNumber(state.toleratedFailureCount, 'ToleratedFailureCount', 0, scope);
  const percentage = wholeNumber(state.toleratedFailurePercentage, 'ToleratedFailurePercentage', 0, scope);
  if (count === undefined && percentage === undefined) return undefined;
  const share = percentage === undefined ? Number.POSITIVE_INFINITY : Math.floor((items * percentage) / 100);
  return Math.min(count ?? Number.POSITIVE_INFINITY, share);
}

/** A distributed Map also takes numbers written as text, and parts of a percent. */
export function toleratedItems(state: MapState, scope: Scope) {
  return {
    toleratedCount: distributedNumber(state.toleratedFailureCount, 'ToleratedFailureCount', 'integer', scope),
    toleratedPercentage: distributedNumber(
      state.toleratedFailurePercentage,
      'ToleratedFailurePercentage',
      'float',
      scope,
    ),
  };
}

/** Numbers of a distributed Map may be written as text where a path leads to them. */
export function distributedNumber(
  amount: Amount | undefined,
  field: string,
  kind: 'integer' | 'float',
  scope: Scope,
): number | undefined {
  if (amount === undefined || typeof amount === 'number') return amount;
  const jsonata = amount.kind === 'jsonata';
  const value = jsonata ? evaluateTyped(amount, scope, 'number') : valueAt(amount, scope);
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof found !== 'number' || Number.isNaN(found) || (kind === 'integer' && !Number.isInteger(found))) {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw runtimeError(
      `The ${field}Path field refers to value "${shown}" which is not a valid ${kind}: ${amount.text}`,
    );
  }
  const refuse = (problem: string): EvaluationError =>
    jsonata ? queryError(problem, field) : runtimeError(problem);
  if (found < 0) throw refuse(`${field} cannot be negative.`);
  if (kind === 'float' && found > 100) throw refuse(`${field} cannot be greater than 100.`);
  return found;
}
