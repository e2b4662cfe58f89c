/**
 * Limits the work of the expressions in one step of a state, so that no path, filter or intrinsic function can keep the service
 * from handling requests. One unit is about the visit of a value: 20 to 100 ns.
 */

import { EvaluationError } from './errors.ts';

const mostUnits = 500_000;
let left = Number.POSITIVE_INFINITY;

/** Runs a step, or the reading of a definition, with its units. Returns its result. */
export function inStep<T>(change: () => T): T {
  const outer = left;
  left = mostUnits;
  try {
    return change();
  } finally {
    left = outer;
  }
}

/** Whether the step has used up its units. */
export const isUsedUp = (): boolean => left < 0;

/** Throws States.Runtime when a step has used up its units. */
export function spend(units: number): void {
  left -= units;
  if (left >= 0) return;
  throw new EvaluationError(
    'States.Runtime',
    'The expressions of this state need more work than the local engine does in one step: they visit more than ' +
      `${mostUnits} values, or their patterns are too long for the text`,
  );
}

/** Spends what it takes to read or write a text of this length. */
export function spendText(length: number): void {
  spend(length >> 3);
}
