/**
 * The engine: the running executions and the operations of the API and of services on them. `turns.ts` schedules them.
 */

import { Activities } from './activities.ts';
import type { Clock } from './clock.ts';
import type { StateMachine } from './definition/model.ts';
import { type Evaluated, memoryOf, type Pending } from './elsewhere.ts';
import { evaluate } from './evaluator/evaluator.ts';
import type { HistoryEvent } from './history.ts';
import { wholeDetails } from './history.ts';
import { endChild } from './interpreter/children.ts';
import { Execution, type Host, type StartingPoint } from './interpreter/execution.ts';
import { redrive } from './interpreter/redrive.ts';
import { restore } from './interpreter/restore.ts';
import { advance, due, guarded } from './interpreter/step.ts';
import { heartbeat, type Outcome, settle } from './interpreter/task.ts';
import type { Thread } from './interpreter/thread.ts';
import { parseKept } from './json.ts';
import { MachineCache } from './machine-cache.ts';
import { type MapRunLimits, Runs } from './map-run/runs.ts';
import type { ObjectStore } from './map-run/s3.ts';
import { NestedExecutions, type StartNested } from './nested.ts';
import { RunningExecutions } from './running.ts';
import type { Executions } from './store/executions.ts';
import type { MapRuns } from './store/map-runs.ts';
import type { ExecutionRecord } from './store/records.ts';
import type { TaskCaller } from './task/caller.ts';
import type { TaskTicket } from './task/token.ts';
import { TaskCalls } from './task-calls.ts';
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
  /** Called with a copy of a record once its new status is stored. */
  readonly onStatus: ((record: ExecutionRecord) => void) | undefined;
}

export type NewExecution = Omit<ExecutionRecord, 'key' | 'status' | 'redriveCount' | 'eventCount'>;

/** AWS's limit for an execution of type EXPRESS. */
const expressSeconds = 300;

export class Engine implements Host {
  readonly region: string;
  readonly activities = new Activities();
  readonly #options: EngineOptions;
  readonly #turns: Turns;
  readonly #nested: NestedExecutions;
  readonly #runs: Runs;
  readonly #machines = new MachineCache();
  readonly #running = new RunningExecutions();
  /** By the ARN of a machine that is deleted once its executions have ended: what deletes it. */
  readonly #deleting = new Map<string, () => void>();
  readonly #calls: TaskCalls;
  #lastKey: number;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.region = options.region;
    this.#nested = new NestedExecutions(this, options.store, options.startNested);
    this.#calls = new TaskCalls(options.caller, this.#nested, this.activities);
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

  /** Continues the executions that were running when the store was closed or its process was killed. */
  resume(): void {
    for (const record of this.#options.store.running()) this.#takeUp(record);
  }

  /** Returns the running execution with this ARN. */
  find(arn: string): Execution | undefined {
    return this.#running.byArn(arn);
  }

  start(record: NewExecution, from: StartingPoint = { input: parseKept(record.input) }): Execution {
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
      inputDetails: wholeDetails,
      roleArn: record.roleArn,
      ...(record.versionArn === undefined ? {} : { stateMachineVersionArn: record.versionArn }),
      ...(record.aliasArn === undefined ? {} : { stateMachineAliasArn: record.aliasArn }),
    });
    this.enqueue(execution, execution.startRoot(from));
    this.#armTimeout(execution);
    this.#announce(whole);
    return execution;
  }

  /** Returns the parsed definition of a machine. */
  machineOf({ definition }: { readonly definition: string }): StateMachine {
    return this.#machines.of({ definition });
  }

  /**
   * Ends the executions of a machine at their next transition, and then calls `remove`. A task or a Wait keeps its execution running.
   */
  deleteMachine(arn: string, remove: () => void): void {
    this.#deleting.set(arn, remove);
    this.#removeMachine(arn);
  }

  isDeleting(machineArn: string): boolean {
    return this.#deleting.has(machineArn);
  }

  #removeMachine(arn: string): void {
    const remove = this.#deleting.get(arn);
    if (!remove || this.#running.has(arn)) return;
    this.#deleting.delete(arn);
    this.afterCommit(remove);
  }

  /** Stores the history of an execution that ran elsewhere. */
  importHistory(record: Omit<ExecutionRecord, 'key'>, events: readonly HistoryEvent[]): void {
    this.#lastKey += 1;
    this.#options.store.add({ ...record, key: this.#lastKey }, events);
  }

  /** Aborts an execution. As a timeout, its last event names no other as its cause. */
  stop(execution: Execution, failure: { error?: string; cause?: string }): void {
    guarded(execution, () => execution.end('ABORTED', 0, failure));
  }

  /** Redrives an execution that ended without success; `fromStart` from its first state. */
  redrive(record: ExecutionRecord, fromStart = false): Execution {
    const execution = this.#add(record, this.#options.store.threads(record.key));
    redrive(execution, fromStart);
    this.#armTimeout(execution);
    this.#announce(record);
    return execution;
  }

  /**
   * Changes the limits of a distributed Map's run; undefined limits stay unchanged. Returns false when the run is not
   * running.
   */
  updateMapRun(arn: string, limits: MapRunLimits): boolean {
    return this.#runs.update(arn, limits);
  }

  /** Returns the task of a ticket while it waits for its result. */
  waitingTask({ execution: key, thread: id, nonce }: TaskTicket): WaitingTask | undefined {
    const execution = this.#running.byKey(key);
    const thread = execution?.threads.get(id);
    if (!execution || thread?.phase.type !== 'task' || thread.phase.nonce !== nonce) return undefined;
    const { phase } = thread;
    return {
      answer: (outcome) => guarded(execution, () => settle(execution, thread, outcome)),
      heartbeat: () => guarded(execution, () => heartbeat(execution, thread, phase)),
    };
  }

  /** Resolves when everything that has happened so far is stored. */
  durable(): Promise<void> {
    return new Promise((resolve) => this.afterCommit(resolve));
  }

  /** Resolves when this turn can store what a request writes. */
  async ready(): Promise<void> {
    while (this.full) await this.durable();
  }

  /** Calls back when a running execution has ended and its end is stored. */
  whenEnded(key: number, callback: (record: ExecutionRecord) => void): void {
    this.#running.whenEnded(key, callback);
  }

  close(): void {
    this.#calls.close();
    this.#runs.close();
    this.#turns.close();
    for (const execution of this.#running.all()) execution.disarmAll();
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

  wrote(characters: number): void {
    this.#turns.wrote(characters);
  }

  get full(): boolean {
    return this.#turns.full;
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
    const { phase } = thread;
    if (phase.type === 'task') this.afterCommit(() => void this.#calls.call(execution, thread, phase));
  }

  runMap(execution: Execution, thread: Thread): void {
    this.#runs.run(execution, thread);
  }

  advance(execution: Execution, thread: Thread): void {
    advance(execution, thread);
  }

  evaluate(execution: Execution, thread: Thread, { memory, request, keep }: Pending): void {
    // The thread can be aborted, or can continue, in the meantime.
    const isNeeded = () => execution.running && memoryOf(thread.phase) === memory;
    const { caller } = this.#options;
    const results: Promise<readonly Evaluated[]> =
      request.kind === 'parameters'
        ? caller
            .problems(request.resource, request.parameters)
            .then((problems) => [{ type: 'value', value: [...problems] }])
        : evaluate(request, isNeeded);
    results.then(
      (results) => {
        if (!isNeeded()) return;
        keep(results);
        this.enqueue(execution, thread);
      },
      (error: unknown) =>
        guarded(execution, () => {
          throw error;
        }),
    );
  }

  due(execution: Execution, thread: Thread): void {
    due(execution, thread);
  }

  childEnded(execution: Execution, child: Thread): void {
    endChild(execution, child);
  }

  ended(execution: Execution): void {
    const stored = this.#running.remove(execution);
    this.#runs.childEnded(execution);
    this.#removeMachine(execution.record.machineArn);
    this.afterCommit(stored);
    this.#announce(execution.record);
  }

  #announce(record: ExecutionRecord): void {
    const { onStatus } = this.#options;
    if (!onStatus || record.type === 'EXPRESS' || record.mapRun !== undefined) return;
    const now = { ...record };
    this.afterCommit(() => onStatus(now));
  }

  #takeUp(record: ExecutionRecord): void {
    try {
      const execution = this.#add(record, this.#options.store.threads(record.key));
      restore(execution);
      this.#armTimeout(execution);
    } catch (error) {
      // The store can come from another version of the engine; the other executions continue.
      console.error(`states: ${record.arn} can't continue:`, error);
    }
  }

  #add(record: ExecutionRecord, threads: readonly Thread[]): Execution {
    const execution = new Execution(record, this.#machines.of(record), this, threads);
    this.#running.add(execution);
    return execution;
  }

  #armTimeout(execution: Execution): void {
    const { record } = execution;
    const own = execution.machine.timeoutSeconds;
    const seconds = record.type === 'EXPRESS' ? Math.min(own ?? expressSeconds, expressSeconds) : own;
    if (seconds === undefined) return;
    execution.arm('execution', (record.redriveDate ?? record.startDate) + seconds * 1000, () =>
      guarded(execution, () => execution.end('TIMED_OUT', 0, {})),
    );
  }
}

export interface WaitingTask {
  answer(outcome: Outcome): void;
  heartbeat(): void;
}
