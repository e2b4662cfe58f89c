/**
 * The engine: runs executions in turns of the event loop. All that a turn changes is stored in one transaction; only
 * then do its effects take place, that is calls to services, answers to callers and live events. So whatever anyone
 * has seen of an execution is still there after the process was killed.
 */

import type { Clock } from './clock.ts';
import type { StateMachine } from './definition/model.ts';
import { parseDefinition } from './definition/parse.ts';
import type { HistoryEvent } from './history.ts';
import { WHOLE } from './history.ts';
import { Execution, type Host } from './interpreter/execution.ts';
import { redrive } from './interpreter/redrive.ts';
import { restore } from './interpreter/restore.ts';
import { guarded, step } from './interpreter/step.ts';
import { answerCall, heartbeat, type Outcome, settle } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { parseJson } from './json.ts';
import type { Executions } from './store/executions.ts';
import type { ExecutionRecord } from './store/records.ts';
import type { TaskCaller } from './task/caller.ts';
import type { TaskTicket } from './task/token.ts';

/** A turn ends after this time, so that requests are served while a long chain of states runs. */
const TURN_MS = 8;

export interface EngineOptions {
  readonly store: Executions;
  readonly caller: TaskCaller;
  readonly clock: Clock;
  readonly region: string;
  readonly onEvent: ((event: { executionArn: string; event: HistoryEvent }) => void) | undefined;
}

export class Engine implements Host {
  readonly region: string;
  readonly #options: EngineOptions;
  readonly #running = new Map<number, Execution>();
  readonly #byArn = new Map<string, Execution>();
  readonly #machines = new Map<string, StateMachine>();
  readonly #changed = new Set<Execution>();
  #queue: [Execution, Thread][] = [];
  #effects: (() => void)[] = [];
  #lastKey: number;
  #scheduled = false;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.region = options.region;
    this.#lastKey = options.store.lastKey();
    for (const record of options.store.running()) this.#takeUp(record);
  }

  /** The execution with this ARN, while it runs. */
  find(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  start(record: Omit<ExecutionRecord, 'key' | 'status' | 'redriveCount' | 'eventCount'>): Execution {
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
    this.enqueue(execution, execution.startRoot(parseJson(record.input)));
    this.#armTimeout(execution);
    return execution;
  }

  stop(execution: Execution, failure: { error?: string; cause?: string }): void {
    guarded(execution, () => execution.end('ABORTED', execution.record.eventCount, failure));
  }

  /** `record` is of an execution that has ended without success. */
  redrive(record: ExecutionRecord): void {
    const execution = this.#add(record, this.#options.store.threads(record.key));
    redrive(execution);
    this.#armTimeout(execution);
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

  close(): void {
    this.#closed = true;
    this.#commit();
    for (const execution of this.#running.values()) execution.disarmAll();
  }

  now(): number {
    return this.#options.clock.now();
  }

  enqueue(execution: Execution, thread: Thread): void {
    this.#queue.push([execution, thread]);
    this.#schedule();
  }

  changed(execution: Execution): void {
    this.#changed.add(execution);
    this.#schedule();
  }

  afterCommit(effect: () => void): void {
    this.#effects.push(effect);
    this.#schedule();
  }

  setTimer(at: number, fire: () => void): () => void {
    return this.#options.clock.setTimer(at, () => {
      if (!this.#closed) fire();
    });
  }

  callTask(execution: Execution, thread: Thread): void {
    const state = execution.stateOf(thread);
    if (thread.phase.type !== 'task' || state.type !== 'Task') return;
    const phase: TaskPhase = thread.phase;
    this.afterCommit(async () => {
      // It may have been given up in the same turn.
      const { phase: now } = thread;
      if (this.#closed || !execution.running || now.type !== 'task' || now.nonce !== phase.nonce) return;
      const outcome: Outcome = await this.#options.caller.call(state.resource, phase.parameters);
      if (this.#closed || execution.threads.get(thread.id) !== thread) return;
      guarded(execution, () => answerCall(execution, thread, phase.nonce, outcome));
    });
  }

  ended(execution: Execution): void {
    this.#running.delete(execution.record.key);
    this.afterCommit(() => this.#byArn.delete(execution.record.arn));
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
    const execution = new Execution(record, this.#machine(record.definition), this, threads);
    this.#running.set(record.key, execution);
    this.#byArn.set(record.arn, execution);
    return execution;
  }

  #machine(definition: string): StateMachine {
    const known = this.#machines.get(definition);
    if (known) return known;
    const machine = parseDefinition(definition);
    if (this.#machines.size >= 100) this.#machines.clear();
    this.#machines.set(definition, machine);
    return machine;
  }

  #armTimeout(execution: Execution): void {
    const { timeoutSeconds } = execution.machine;
    if (timeoutSeconds === undefined) return;
    const { record } = execution;
    execution.arm('execution', (record.redriveDate ?? record.startDate) + timeoutSeconds * 1000, () =>
      guarded(execution, () => execution.end('TIMED_OUT', record.eventCount, {})),
    );
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#scheduled = false;
    if (this.#closed) return;
    const end = performance.now() + TURN_MS;
    let done = 0;
    while (done < this.#queue.length && performance.now() < end) {
      const next = this.#queue[done++];
      if (next) step(...next);
    }
    this.#queue = this.#queue.slice(done);
    this.#commit();
    if (this.#queue.length > 0) this.#schedule();
  }

  #commit(): void {
    const { store } = this.#options;
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length > 0) store.commit(changed);
    const effects = this.#effects;
    this.#effects = [];
    for (const execution of changed) {
      const events = execution.newEvents;
      execution.newEvents = [];
      execution.changedThreads.clear();
      execution.removedThreads.clear();
      for (const event of events) this.#tell(execution, event);
    }
    for (const effect of effects) effect();
  }

  /** A listener's mistake must not cost anyone their answer. */
  #tell(execution: Execution, event: HistoryEvent): void {
    try {
      this.#options.onEvent?.({ executionArn: execution.record.arn, event });
    } catch (error) {
      console.error('states: the listener of events failed:', error);
    }
  }
}

export interface WaitingTask {
  answer(outcome: Outcome): void;
  heartbeat(): void;
}
