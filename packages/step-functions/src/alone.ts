/** Runs one state alone, in a store that lasts as long as the run, for TestState. */

import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { Engine, type EngineOptions } from './engine.ts';
import type { HistoryEvent } from './history.ts';
import { type Execution, rootThread } from './interpreter/execution.ts';
import type { MapItem, Thread } from './interpreter/thread.ts';
import type { Json, JsonObject } from './json.ts';
import { openDatabase } from './store/database.ts';
import { openDefinitions } from './store/definitions.ts';
import { openExecutions } from './store/executions.ts';
import { openMapRuns } from './store/map-runs.ts';

export interface AloneRequest {
  /** A machine that starts at the state; the states that it can lead to are present. */
  readonly definition: string;
  readonly state: string;
  readonly inputText: string;
  /** The value of the text, which keeps it. */
  readonly input: Json;
  readonly variables: JsonObject;
  /** Replaces the context object. */
  readonly context: JsonObject | undefined;
  /** The item, in a state of a Map. */
  readonly item: MapItem | undefined;
  readonly roleArn: string | undefined;
  /** Wait states end at once. */
  readonly withoutWaiting: boolean;
}

export interface AloneRun {
  readonly events: readonly HistoryEvent[];
  readonly execution: Execution;
  /** The thread that ran the state. */
  readonly thread: Thread;
}

/** The parts that the run shares with the service. */
export type SharedParts = Pick<EngineOptions, 'caller' | 'objects' | 'startNested' | 'clock' | 'region'>;

/** Resolves when the state was left or has failed. */
export async function runAlone(shared: SharedParts, request: AloneRequest): Promise<AloneRun> {
  const database = openDatabase(undefined);
  const events: HistoryEvent[] = [];
  let left: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    left = resolve;
  });
  const engine = new Engine({
    ...shared,
    clock: request.withoutWaiting ? immediate(shared.clock) : shared.clock,
    store: openExecutions(database, openDefinitions(database)),
    mapRuns: openMapRuns(database),
    onStatus: undefined,
    onEvent({ event }) {
      events.push(event);
      if (hasLeft(events)) left();
    },
  });
  try {
    const execution = engine.start(recordOf(request, engine.now()), {
      state: request.state,
      input: request.input,
      variables: request.variables,
      context: request.context,
      item: request.item,
    });
    const thread = execution.threads.get(rootThread);
    await done;
    if (!thread) throw new Error('an execution starts with a thread');
    return { events: [...events], execution, thread };
  } finally {
    engine.close();
    database.close();
  }
}

/** Returns whether the state was left for another one, or the execution has ended. */
function hasLeft(events: readonly HistoryEvent[]): boolean {
  const exited = events.findIndex(({ type }) => type.endsWith('StateExited'));
  return (
    /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(events.at(-1)?.type ?? '') ||
    (exited >= 0 && events.slice(exited).some(({ type }) => type.endsWith('StateEntered')))
  );
}

/** The run is an express execution, as on AWS; without waiting it is none, since these have a timeout. */
function recordOf(
  { definition, inputText, roleArn, withoutWaiting }: AloneRequest,
  startDate: number,
): Parameters<Engine['start']>[0] {
  const arn = (kind: string) => `arn:aws:states:us-east-1:123456789012:${kind}`;
  const [machineName, name] = [randomUUID(), randomUUID()];
  return {
    arn: arn(`express:${machineName}:${name}`),
    name,
    type: withoutWaiting ? 'STANDARD' : 'EXPRESS',
    machineArn: arn(`stateMachine:${machineName}`),
    machineName,
    roleArn: roleArn ?? null,
    definition,
    input: inputText,
    startDate,
  };
}

function immediate(clock: Clock): Clock {
  return { now: () => clock.now(), setTimer: (_, fire) => clock.setTimer(clock.now(), fire) };
}
