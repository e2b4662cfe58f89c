/** The engine: which executions run, and what the API and the services may do to them. See `turns.ts` for when. */

import type { Clock } from './clock.ts';
import type { StateMachine } from './definition/model.ts';
import type { HistoryEvent } from './history.ts';
import { WHOLE } from './history.ts';
import { Execution, type Host, type StartingPoint } from './interpreter/execution.ts';
import { redrive } from './interpreter/redrive.ts';
import { restore } from './interpreter/restore.ts';
import { guarded } from './interpreter/step.ts';
import { answerCall, heartbeat, type Outcome, settle } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { parseJson } from './json.ts';
import { MachineCache } from './machine-cache.ts';
import { Runs } from './map-run/runs.ts';
import type { ObjectStore } from './map-run/s3.ts';
import { isNested, NestedExecutions, type StartNested } from './nested.ts';
import type { Executions } from './store/executions.ts';
import type { MapRuns } from './store/map-runs.ts';
import type { ExecutionRecord } from './store/records.ts';
import type { TaskCaller } from './task/caller.ts';
import { formatTicket, type TaskTicket } from './task/token.ts';
import { Turns } from './turns.ts';

export interface EngineOptions {
  readonly store: Executions;
  readonly mapRuns: MapRuns;
  readonly objects: ObjectStore;
  readonly caller: TaskCaller;
  readonly startNested: StartNested;
  readonly clock: Clock;
  readonly region: string;
  readonly onEvent: ((event: { executionArn: string; event: HistoryEvent }) => void) | undefined;
}

export type NewExecution = Omit<ExecutionRecord, 'key' | 'status' | 'redriveCount' | 'eventCount'>;

/** AWS's limit for an execution of type EXPRESS. */
const EXPRESS_SECONDS = 300;

export class Engine implements Host {
  readonly region: string;
  readonly #options: EngineOptions;
  readonly #turns: Turns;
  readonly #nested: NestedExecutions;
  readonly #runs: Runs;
  readonly #machines = new MachineCache();
  readonly #running = new Map<number, Execution>();
  readonly #byArn = new Map<string, Execution>();
  readonly #onEnd = new Map<number, ((record: ExecutionRecord) => void)[]>();
  #lastKey: number;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.region = options.region;
    this.#nested = new NestedExecutions(this, options.store, options.startNested);
    this.#runs = new Runs(this, {
      runs: options.mapRuns,
      executions: options.store,
      objects: options.objects,
    });
    this.#turns = new Turns({
      commit: (executions) => options.store.commit(executions, () => this.#runs.commit()),
      onStored: (executions) => {
        this.#nested.review(executions);
        this.#runs.review(executions);
      },
      onEvent: options.onEvent,
    });
    this.#lastKey = options.store.lastKey();
  }

  /** Takes up the executions that were running when the store was last closed, or its process killed. */
  resume(): void {
    for (const record of this.#options.store.running()) this.#takeUp(record);
  }

  /** The execution with this ARN, while it runs. */
  find(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  start(record: NewExecution, from: StartingPoint = { input: parseJson(record.input) }): Execution {
    this.#lastKey += 1;
    const whole: ExecutionRecord = {
      ...record,
      key: this.#lastKey,
      status: 'RUNNING',
      redriveCount: 0,
      eventCount: 0,
    };
    const execution = this.#add(whole, []);
    execution.append('ExecutionStarted', 0, {
      input: record.input,
      inputDetails: WHOLE,
      roleArn: record.roleArn,
    });
    this.enqueue(execution, execution.startRoot(from));
    this.#armTimeout(execution);
    return execution;
  }

  /** What a machine's definition says. */
  machineOf({ definition }: { readonly definition: string }): StateMachine {
    return this.#machines.of({ definition });
  }

  /** Keeps the history of an execution that ran elsewhere. */
  importHistory(record: Omit<ExecutionRecord, 'key'>, events: readonly HistoryEvent[]): void {
    this.#lastKey += 1;
    this.#options.store.add({ ...record, key: this.#lastKey }, events);
  }

  stop(execution: Execution, failure: { error?: string; cause?: string }): void {
    guarded(execution, () => execution.end('ABORTED', execution.record.eventCount, failure));
  }

  /** `record` is of an execution that has ended without success. */
  redrive(record: ExecutionRecord): Execution {
    const execution = this.#add(record, this.#options.store.threads(record.key));
    redrive(execution);
    this.#armTimeout(execution);
    return execution;
  }

  /** The run of a distributed Map, while it runs. */
  mapRun(arn: string): RunningMap | undefined {
    const run = this.#runs.find(arn);
    return (
      run && {
        update: (limits) => {
          const { record, execution } = run;
          const given = Object.entries(limits).filter(([, value]) => value !== undefined);
          Object.assign(record, Object.fromEntries(given));
          this.changed(execution);
          this.#runs.updated(run);
        },
      }
    );
  }

  /** The task that a ticket is for, while it waits for an answer. */
  waitingTask({ execution: key, thread: id, nonce }: TaskTicket): WaitingTask | undefined {
    const execution = this.#running.get(key);
    const thread = execution?.threads.get(id);
    if (!execution || thread?.phase.type !== 'task' || thread.phase.nonce !== nonce) return undefined;
    const { phase } = thread;
    return {
      answer: (outcome) => guarded(execution, () => settle(execution, thread, outcome)),
      heartbeat: () => guarded(execution, () => heartbeat(execution, thread, phase)),
    };
  }

  /** Resolves once everything that happened so far is stored. */
  durable(): Promise<void> {
    return new Promise((resolve) => this.afterCommit(resolve));
  }

  /** Calls back once an execution that runs has ended and that is stored. */
  whenEnded(key: number, callback: (record: ExecutionRecord) => void): void {
    this.#onEnd.set(key, [...(this.#onEnd.get(key) ?? []), callback]);
  }

  close(): void {
    this.#runs.close();
    this.#turns.close();
    for (const execution of this.#running.values()) execution.disarmAll();
  }

  now(): number {
    return this.#options.clock.now();
  }

  enqueue(execution: Execution, thread: Thread): void {
    this.#turns.enqueue(execution, thread);
  }

  changed(execution: Execution): void {
    this.#turns.changed(execution);
  }

  afterCommit(effect: () => void): void {
    this.#turns.afterCommit(effect);
  }

  setTimer(at: number, fire: () => void): () => void {
    return this.#options.clock.setTimer(at, () => {
      if (!this.#turns.closed) fire();
    });
  }

  callTask(execution: Execution, thread: Thread): void {
    const state = execution.stateOf(thread);
    if (thread.phase.type !== 'task' || state.type !== 'Task') return;
    const phase: TaskPhase = thread.phase;
    const ticket = formatTicket({ execution: execution.record.key, thread: thread.id, nonce: phase.nonce });
    const current = () =>
      !this.#turns.closed &&
      execution.running &&
      execution.threads.get(thread.id) === thread &&
      thread.phase.type === 'task' &&
      thread.phase.nonce === phase.nonce;
    this.afterCommit(async () => {
      // It may have been given up in the same turn.
      if (!current()) return;
      if (isNested(state.resource)) {
        this.#nested.call({ execution, thread, phase, ticket, resource: state.resource });
        return;
      }
      const outcome: Outcome = await this.#options.caller.call(state.resource, phase.parameters);
      if (current()) guarded(execution, () => answerCall(execution, thread, phase.nonce, outcome));
    });
  }

  runMap(execution: Execution, thread: Thread): void {
    this.#runs.run(execution, thread);
  }

  ended(execution: Execution): void {
    const { record } = execution;
    this.#running.delete(record.key);
    this.#runs.childEnded(execution);
    const callbacks = this.#onEnd.get(record.key) ?? [];
    this.#onEnd.delete(record.key);
    this.afterCommit(() => {
      this.#byArn.delete(record.arn);
      for (const callback of callbacks) callback(record);
    });
  }

  #takeUp(record: ExecutionRecord): void {
    try {
      const execution = this.#add(record, this.#options.store.threads(record.key));
      restore(execution);
      this.#armTimeout(execution);
    } catch (error) {
      // A store from another version of the engine: the other executions still go on.
      console.error(`states: ${record.arn} can't go on:`, error);
    }
  }

  #add(record: ExecutionRecord, threads: readonly Thread[]): Execution {
    const execution = new Execution(record, this.#machines.of(record), this, threads);
    this.#running.set(record.key, execution);
    this.#byArn.set(record.arn, execution);
    return execution;
  }

  #armTimeout(execution: Execution): void {
    const { record } = execution;
    const own = execution.machine.timeoutSeconds;
    const seconds = record.type === 'EXPRESS' ? Math.min(own ?? EXPRESS_SECONDS, EXPRESS_SECONDS) : own;
    if (seconds === undefined) return;
    execution.arm('execution', (record.redriveDate ?? record.startDate) + seconds * 1000, () =>
      guarded(execution, () => execution.end('TIMED_OUT', record.eventCount, {})),
    );
  }
}

export interface WaitingTask {
  answer(outcome: Outcome): void;
  heartbeat(): void;
}

export interface RunningMap {
  /** Limits that are undefined stay as they are. */
  update(limits: {
    maxConcurrency: number | undefined;
    toleratedCount: number | undefined;
    toleratedPercentage: number | undefined;
  }): void;
}
