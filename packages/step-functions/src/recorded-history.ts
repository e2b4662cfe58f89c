/**
 * Reads and checks a history that `aws stepfunctions get-execution-history` printed, and finds the input of each state.
 */

import * as z from 'zod';
import type { HistoryEvent } from './history.ts';
import { detailsField } from './history.ts';
import { isObject, type Json, type JsonObject, parseJson } from './json.ts';

/** The problem of a history file, in one line. */
export class BadHistory extends Error {
  override readonly name = 'BadHistory';
}

const event = z.looseObject({
  id: z.int().min(1),
  previousEventId: z.int().min(0).optional(),
  timestamp: z.union([z.number(), z.string()]),
  type: z.string().min(1),
});
const file = z.object({
  events: z.array(event).min(1),
  nextToken: z.unknown().optional(),
  NextToken: z.unknown().optional(),
});

export interface RecordedHistory {
  readonly events: readonly HistoryEvent[];
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly input: string;
  readonly roleArn: string | undefined;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

const ends: Readonly<Record<string, RecordedHistory['status']>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/** Throws BadHistory. */
export function parseHistory(text: string): RecordedHistory {
  const events = readEvents(text);
  const [first] = events;
  const last = events.at(-1);
  if (first?.type !== 'ExecutionStarted') throw new BadHistory('its first event is not ExecutionStarted');
  const started = details(first);
  const ended = details(last ?? first);
  const input = textOf(started.input);
  if (input === undefined)
    throw new BadHistory('it has no inputs and outputs: get it without --no-include-execution-data');
  return {
    events,
    status: ends[last?.type ?? ''] ?? 'RUNNING',
    input,
    roleArn: textOf(started.roleArn),
    output: textOf(ended.output),
    error: textOf(ended.error),
    cause: textOf(ended.cause),
  };
}

function readEvents(text: string): HistoryEvent[] {
  let source: Json;
  try {
    source = parseJson(text);
  } catch {
    throw new BadHistory('it is not JSON, or only a part of it: get it with --output json');
  }
  const read = file.safeParse(source);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') || 'the file';
    throw new BadHistory(`it is not output of get-execution-history: ${place}: ${issue?.message}`);
  }
  if (read.data.nextToken || read.data.NextToken)
    throw new BadHistory('it contains only the first part: get it without --max-items');
  const events = read.data.events
    .map(({ timestamp, previousEventId = 0, ...rest }) => ({
      ...rest,
      previousEventId,
      timestamp: seconds(timestamp),
    }))
    .sort((left, right) => left.id - right.id);
  const gap = events.findIndex(({ id }, index) => id !== index + 1);
  if (gap !== -1) throw new BadHistory(`event ${gap + 1} is missing: get it without --max-items`);
  return events as unknown as HistoryEvent[];
}

/** Converts a timestamp: version 1 of the CLI prints seconds, version 2 text. */
function seconds(timestamp: number | string): number {
  const found = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp) / 1000;
  if (Number.isNaN(found)) throw new BadHistory(`'${timestamp}' is not a valid timestamp`);
  return found;
}

function details(of: HistoryEvent): JsonObject {
  const found: Json | undefined = of[detailsField(of.type)];
  return isObject(found) ? found : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The start of a state in a history: its input, and the variables that it saw. */
export interface StateEntry {
  readonly state: string;
  readonly eventId: number;
  /** Numbers the entries of the same state, from 1. */
  readonly visit: number;
  /** undefined when AWS truncated it. */
  readonly input: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** Returns all entries of the machine's top-level states; those inside branches and iterations cannot start alone. */
export function stateEntries(
  events: readonly HistoryEvent[],
  isOwn: (state: string) => boolean,
): StateEntry[] {
  const visits = new Map<string, number>();
  const variables: Record<string, string> = {};
  const entries: StateEntry[] = [];
  for (const current of events) {
    const { name, input, inputDetails, assignedVariables } = details(current);
    if (typeof name !== 'string' || !isOwn(name)) continue;
    if (current.type.endsWith('StateExited') && isObject(assignedVariables)) {
      for (const [variable, value] of Object.entries(assignedVariables)) variables[variable] = String(value);
    }
    if (!current.type.endsWith('StateEntered')) continue;
    const visit = (visits.get(name) ?? 0) + 1;
    visits.set(name, visit);
    const cut = isObject(inputDetails) && inputDetails.truncated === true;
    entries.push({
      state: name,
      eventId: current.id,
      visit,
      input: cut ? undefined : textOf(input),
      variables: { ...variables },
    });
  }
  return entries;
}
