/** History events in the shape of the API, which is also the stored shape. */

import type { JsonObject } from './json.ts';

export interface HistoryEvent {
  /** Starts at 1 in each execution. */
  readonly id: number;
  /** The id of the event that led to this one; 0 for the first events. */
  readonly previousEventId: number;
  /** Seconds since the epoch, with milliseconds. */
  readonly timestamp: number;
  readonly type: string;
  /** The details field, named after the type: `taskFailedEventDetails` and so on. */
  readonly [details: `${string}EventDetails`]: JsonObject;
}

/** AWS ends an execution whose history is full; its last event is the failure. */
export const historyLimit = 25_000;
/** A redrive needs a shorter history: room for ExecutionRedriven and one more event (the guide's page of redriving). */
export const redrivableEvents = historyLimit - 1;

/** Thrown instead of recording an event that would take the last place, which the failure needs. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';
  readonly failure = {
    error: 'States.Runtime',
    cause: `The execution reached the maximum number of history events (${historyLimit}).`,
  };
}

/** Details of a text that AWS can truncate in its history; this engine never truncates. */
export const wholeDetails: JsonObject = { truncated: false };

/** Returns the details of an event; an empty object where it has none. */
export function detailsOf(event: HistoryEvent | undefined): JsonObject {
  return Object.values(event ?? {}).find((value) => typeof value === 'object') ?? {};
}

/** Returns the name of the details field; all state types share one for entering and one for leaving. */
export function detailsField(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
