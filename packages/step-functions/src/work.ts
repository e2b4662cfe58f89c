/**
 * Limits the work of expressions, so that no path, filter or intrinsic function can keep the service from handling requests.
 * One unit is about the visit of a value: 20 to 250 ns.
 */

import { EvaluationError } from './errors.ts';

/** Units of a step in the service's process; what needs more is evaluated in the other process. */
const mostOfStep = 40_000;
/** Units of a request to the other process. */
const mostOfRequest = 5_000_000;

let left = Number.POSITIVE_INFINITY;
let inService = false;
let checking = true;

/** Thrown in the service when a step needs more work than it should do there. */
export class Overload extends Error {
  override readonly name = 'Overload';
}

function limited<T>(units: number, service: boolean, change: () => T): T {
  const outer = [left, inService] as const;
  [left, inService] = [units, service];
  try {
    return change();
  } finally {
    [left, inService] = outer;
  }
}

/** Runs a step with its units. */
export const inStep = <T>(change: () => T): T => limited(mostOfStep, true, change);

/** Evaluates a request, or reads a definition, with the units of the other process. */
export const inRequest = <T>(change: () => T): T => limited(mostOfRequest, false, change);

/**
 * Throws when the units are used up, for code that has caught what `spend` threw: Overload in the service, elsewhere the other
 * error.
 */
export function refuseUsedUp(otherwise: () => Error): void {
  if (left < 0) throw inService ? new Overload() : otherwise();
}

/** Leaves something to the other process: throws Overload in the service, and does nothing elsewhere. */
export function leaveToOtherProcess(): void {
  if (inService) throw new Overload();
}

/** Returns whether expressions are checked when they are read; those of an accepted definition were. */
export const isChecking = (): boolean => checking;

/** Reads expressions that were checked before. */
export function unchecked<T>(change: () => T): T {
  const outer = checking;
  checking = false;
  try {
    return change();
  } finally {
    checking = outer;
  }
}

/** Throws when the units are used up: Overload in a step, otherwise States.Runtime. */
export function spend(units: number): void {
  left -= units;
  if (left >= 0) return;
  if (inService) throw new Overload();
  throw new EvaluationError(
    'States.Runtime',
    'The expressions of this state need more work than the local engine does in one step: they visit more than ' +
      `${mostOfRequest} values, or their patterns are too long for the text`,
  );
}

/** Spends what it takes to read or write a text of this length. */
export function spendText(length: number): void {
  spend(length >> 3);
}
