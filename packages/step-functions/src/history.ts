/** History events in the API's own shape: what GetExecutionHistory answers is what is stored. */

import type { JsonObject } from './json.ts';

export interface HistoryEvent {
  /** Counts from 1 within an execution. */
  readonly id: number;
  /** The event that led to this one; 0 for the first events. */
  readonly previousEventId: number;
  /** Seconds since the epoch, with milliseconds. */
  readonly timestamp: number;
  readonly type: string;
  /** One more field, named after the type: `taskFailedEventDetails` and so on. */
  readonly [details: `${string}EventDetails`]: JsonObject;
}

/** AWS ends an execution whose history is full: the event that says so is the last one. */
export const HISTORY_LIMIT = 25_000;

/** Thrown instead of recording an event that would take the last place. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';
  readonly failure = {
    error: 'States.Runtime',
    cause: `The execution reached the maximum number of history events (${HISTORY_LIMIT}).`,
  };
}

/** Companion of every text that AWS may cut in its own history; here nothing is cut. */
export const WHOLE: JsonObject = { truncated: false };

/** All state types share one field for entering and one for leaving. */
export function detailsField(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
