/** ToleratedFailureCount and ToleratedFailurePercentage of a Map. */

import type { Amount, MapState } from '../definition/model.ts';
import { type EvaluationError, runtimeError } from '../errors.ts';
import { valueAt } from '../expression.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import type { Scope } from '../scope.ts';
import { numberIn } from './amount.ts';

/**
 * Returns the tolerated number of failures of an inline Map: the lower of count and percentage, or undefined without
 * either.
 */
export function toleratedIterations(state: MapState, items: number, scope: Scope): number | undefined {
  const { toleratedCount: count, toleratedPercentage: percentage } = toleratedItems(state, scope);
  if (count === undefined && percentage === undefined) return undefined;
  const share = percentage === undefined ? Number.POSITIVE_INFINITY : Math.floor((items * percentage) / 100);
  return Math.min(count ?? Number.POSITIVE_INFINITY, share);
}

/** Reads the limits of a Map, which accepts fractions of a percent and, from a path, numbers as text. */
export function toleratedItems(state: MapState, scope: Scope) {
  return {
    toleratedCount: mapNumber(state.toleratedFailureCount, 'ToleratedFailureCount', 'integer', scope),
    toleratedPercentage: mapNumber(
      state.toleratedFailurePercentage,
      'ToleratedFailurePercentage',
      'float',
      scope,
    ),
  };
}

/** Reads a number of a Map; a path can lead to a number written as text. */
export function mapNumber(
  amount: Amount | undefined,
  field: string,
  kind: 'integer' | 'float',
  scope: Scope,
): number | undefined {
  if (amount === undefined || typeof amount === 'number') return amount;
  const jsonata = amount.kind === 'jsonata';
  const value = jsonata ? evaluateTyped(amount, scope, 'number') : valueAt(amount, scope);
  const found = typeof value === 'string' ? numberIn(value, kind) : value;
  if (typeof found !== 'number' || (kind === 'integer' && !Number.isInteger(found))) {
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
