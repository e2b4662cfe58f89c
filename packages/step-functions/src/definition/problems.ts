/** Collects the problems of a definition. AWS reports all of them together, each with its place. */

import { locator, offsetOf, scanPlaces } from './locate.ts';

/** The number of problems that are listed, as ValidateStateMachineDefinition does. */
const mostListed = 100;

/** Refuses a definition; the message is the one that the API returns. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
  readonly problems: readonly Problem[];

  /** Problems that are not listed. */
  readonly more: number;

  constructor(problems: readonly Problem[], more = 0) {
    const listed = problems
      .slice(0, mostListed)
      .map(({ code, text, place }) => `${code}: ${text}${place === '' ? '' : ` at ${place}`}`);
    const left = more + problems.length - listed.length;
    if (left > 0) listed.push(`and ${left} more`);
    super(`Invalid State Machine Definition: '${listed.join(', ')}'`);
    this.problems = problems.slice(0, mostListed);
    this.more = left;
  }

  /** Returns the same error with the line and column of each problem in the given text. */
  locatedIn(text: string): InvalidDefinition {
    const { places, fault, repeated } = scanPlaces(text);
    const locationAt = locator(text);
    const located = this.problems.map((problem) => ({
      ...problem,
      ...locationAt(fault ?? repeated?.start ?? offsetOf(places, problem.at ?? problem.place ?? '')),
    }));
    return new InvalidDefinition(located, this.more);
  }
}

export interface Problem {
  readonly code: string;
  readonly text: string;
  /** Slash-separated path to the state and field, as in `/States/Wait/Timestamp`; null where AWS names none. */
  readonly place: string | null;
  /** The place in the text, where it is more exact than the one that AWS names. */
  readonly at?: string;
  /** Line and column of the place, or of the nearest enclosing place, in the JSON text; both count from 1. */
  readonly line?: number;
  readonly column?: number;
}

export class Problems {
  readonly found: Problem[] = [];

  report(text: string, place: string | null, code = 'SCHEMA_VALIDATION_FAILED', at?: string): void {
    this.found.push({ code, text, place, ...(at !== undefined && { at }) });
  }

  throwIfAny(): void {
    if (this.found.length > 0) throw new InvalidDefinition(this.found);
  }
}
