/** A running execution in memory: its threads, its events that are not yet stored, and its timers. */

import type { Flow, State, StateMachine } from '../definition/model.ts';
import type { Pending } from '../elsewhere.ts';
import type { Failure } from '../errors.ts';
import { detailsField, type HistoryEvent, HistoryFull, historyLimit } from '../history.ts';
import { isObject, type Json, type JsonObject, jsonText, parseKept } from '../json.ts';
import type { EndStatus, ExecutionRecord } from '../store/records.ts';
import { type MapItem, newThread, type Phase, type Thread } from './thread.ts';
import { VariableSizes } from './variable-sizes.ts';

/** The parts of the engine that an execution uses. */
export interface Host {
  readonly region: string;
  now(): number;
  /** Returns whether the machine's executions end at their next transition. */
  isDeleting(machineArn: string): boolean;
  /** Queues a step of a thread for this turn or a later one. */
  enqueue(execution: Execution, thread: Thread): void;
  /** Marks the execution to be stored at the end of this turn. */
  changed(execution: Execution): void;
  /** Counts characters that are stored at the end of this turn. */
  wrote(characters: number): void;
  /** True if this turn has as much to store as it should. */
  readonly full: boolean;
  /** Runs `effect` once everything that has happened so far is stored. */
  afterCommit(effect: () => void): void;
  /** Calls back within a turn of the engine. */
  setTimer(at: number, fire: () => void): () => void;
  /** Calls the resource of a thread that is in its task phase. */
  callTask(execution: Execution, thread: Thread): void;
  /** Runs the children of a thread that is in its mapRun phase. */
  runMap(execution: Execution, thread: Thread): void;
  /** Runs the phase of a thread as far as it gets, within a turn of the engine. */
  advance(execution: Execution, thread: Thread): void;
  /** Steps a thread again once the value that it needs has been evaluated. */
  evaluate(execution: Execution, thread: Thread, pending: Pending): void;
  /** Continues a thread whose deadline has passed, within a turn of the engine. */
  due(execution: Execution, thread: Thread): void;
  /** Immediately continues the parent of a thread that is done or has failed. */
  childEnded(execution: Execution, child: Thread): void;
  ended(execution: Execution): void;
}

/** The start of an execution: StartAt, or another state as if the states before it had run. */
export interface StartingPoint {
  readonly state?: string;
  readonly input: Json;
  readonly variables?: JsonObject;
  /** Replaces the context object. */
  readonly context?: JsonObject | undefined;
  /** The item of a state that runs without its Map. */
  readonly item?: MapItem | undefined;
}

export const rootThread = 0;
/** About the characters that are stored of a new thread beside its input. */
const threadLength = 500;

export class Execution {
  readonly record: ExecutionRecord;
  readonly machine: StateMachine;
  readonly host: Host;
  readonly threads = new Map<number, Thread>();
  readonly changedThreads = new Set<number>();
  readonly removedThreads = new Set<number>();
  /** Values stored beside a thread, since they are large and seldom change: `input`, all `variables`, or one of them, `$name`. */
  readonly changedValues = new Map<number, Set<string>>();
  /** Threads that no longer need what is stored beside them. */
  readonly doneThreads = new Set<number>();
  newEvents: HistoryEvent[] = [];
  context: JsonObject | undefined;
  item: MapItem | undefined;
  /** Items of the running Map states, by thread; computed again after a restart. */
  readonly mapItems = new Map<number, Json[]>();
  readonly variableSizes = new VariableSizes();
  readonly #children = new Map<number, Set<Thread>>();
  readonly #timers = new Map<number | 'execution', () => void>();
  #lastThread = rootThread;
  #input: Json | undefined;

  constructor(record: ExecutionRecord, machine: StateMachine, host: Host, threads: readonly Thread[] = []) {
    this.record = record;
    this.machine = machine;
    this.host = host;
    for (const thread of threads) {
      this.#add(thread);
      this.#lastThread = Math.max(this.#lastThread, thread.id);
    }
  }

  get running(): boolean {
    return this.record.status === 'RUNNING';
  }

  startRoot({ state, input, variables = {}, context, item }: StartingPoint): Thread {
    this.context = context;
    this.item = item;
    // At the start, the input is the execution's.
    if (state === undefined) this.#input = input;
    const thread = newThread(rootThread, null, 0, state ?? this.machine.startAt, input);
    thread.variables = variables;
    this.#add(thread);
    this.#touchValue(thread, 'input');
    this.#touchValue(thread, 'variables');
    return thread;
  }

  startChild(parent: Thread, index: number, flow: Flow, input: Json): Thread {
    this.#lastThread += 1;
    const thread = newThread(this.#lastThread, parent, index, flow.startAt, input);
    this.#add(thread);
    this.host.wrote(jsonText(input).length + threadLength);
    this.#touchValue(thread, 'input');
    return thread;
  }

  /** Moves a thread to a state with its input. */
  moveTo(thread: Thread, state: string, input: Json): void {
    thread.state = state;
    thread.input = input;
    this.#touchValue(thread, 'input');
    this.setPhase(thread, { type: 'enter' });
    this.host.enqueue(this, thread);
  }

  /** Sets variables of a thread. */
  assign(thread: Thread, variables: JsonObject, sizes: ReadonlyMap<string, number>): void {
    this.variableSizes.keep(thread, sizes);
    thread.variables = { ...thread.variables, ...variables };
    for (const name of Object.keys(variables)) this.#touchValue(thread, `$${name}`);
  }

  /** Ends a branch or an iteration, which keeps its output only. */
  finish(thread: Thread, output: Json): void {
    thread.input = null;
    thread.variables = {};
    this.variableSizes.drop(thread);
    this.changedValues.delete(thread.id);
    this.doneThreads.add(thread.id);
    this.setPhase(thread, { type: 'done', output });
    this.host.childEnded(this, thread);
  }

  /** Starts again from the first state, without variables. */
  restart(root: Thread): void {
    this.removeChildren(root);
    root.variables = {};
    this.variableSizes.drop(root);
    this.removedThreads.add(root.id);
    this.moveTo(root, this.machine.startAt, this.input);
  }

  /** Removes all descendants of a thread because its Parallel or Map state has ended or starts again. */
  removeChildren(parent: Thread): void {
    for (const child of this.childrenOf(parent)) {
      this.removeChildren(child);
      this.disarm(child.id);
      this.variableSizes.drop(child);
      this.threads.delete(child.id);
      this.changedThreads.delete(child.id);
      this.changedValues.delete(child.id);
      this.removedThreads.add(child.id);
    }
    this.#children.delete(parent.id);
    this.forgetItems(parent);
    this.host.changed(this);
  }

  /** Drops the items of the Map state that a thread has left. */
  forgetItems(thread: Thread): void {
    this.mapItems.delete(thread.id);
    delete thread.items;
  }

  childrenOf(parent: Thread): Thread[] {
    return [...(this.#children.get(parent.id) ?? [])];
  }

  #add(thread: Thread): void {
    this.threads.set(thread.id, thread);
    this.variableSizes.keep(thread, sizesOf(thread.variables));
    if (thread.parent === null) return;
    this.#children.set(thread.parent, (this.#children.get(thread.parent) ?? new Set()).add(thread));
  }

  parentOf(thread: Thread): Thread | undefined {
    return thread.parent === null ? undefined : this.threads.get(thread.parent);
  }

  stateOf(thread: Thread): State {
    const state = this.#flowOf(thread).states.get(thread.state);
    if (!state)
      throw new Error(
        `execution ${this.record.arn} is in ${thread.state}, which its definition does not have`,
      );
    return state;
  }

  #flowOf(thread: Thread): Flow {
    const parent = this.parentOf(thread);
    if (!parent) return this.machine;
    const state = this.stateOf(parent);
    if (state.type === 'Map') return state.processor;
    const branch = state.type === 'Parallel' ? state.branches.at(thread.index) : undefined;
    if (!branch)
      throw new Error(`execution ${this.record.arn} has a branch that its definition does not have`);
    return branch;
  }

  /** Marks a thread to be stored at the end of this turn. */
  touch(thread: Thread): void {
    this.changedThreads.add(thread.id);
    this.host.changed(this);
  }

  #touchValue(thread: Thread, name: string): void {
    this.changedValues.set(thread.id, (this.changedValues.get(thread.id) ?? new Set()).add(name));
    this.touch(thread);
  }

  setPhase(thread: Thread, phase: Phase): void {
    thread.phase = phase;
    this.touch(thread);
  }

  /** Records an event that follows the thread's last one. Throws HistoryFull. */
  emit(thread: Thread, type: string, details?: JsonObject): number {
    thread.lastEvent = this.append(type, thread.lastEvent, details);
    this.touch(thread);
    return thread.lastEvent;
  }

  append(type: string, previousEventId: number, details?: JsonObject, last = false): number {
    if (!last && this.record.eventCount >= historyLimit - 1) throw new HistoryFull();
    this.record.eventCount += 1;
    const id = this.record.eventCount;
    const event: HistoryEvent = { timestamp: this.host.now() / 1000, type, id, previousEventId };
    this.newEvents.push(details ? { ...event, [detailsField(type)]: details } : event);
    this.host.wrote(lengthOf(details));
    this.host.changed(this);
    return id;
  }

  /** The input of the execution, parsed once. */
  get input(): Json {
    this.#input ??= parseKept(this.record.input);
    return this.#input;
  }

  /** Sets the timer of a thread. A thread has one timer; a new one replaces the old one. */
  arm(key: number | 'execution', at: number, fire: () => void): void {
    this.disarm(key);
    this.#timers.set(key, this.host.setTimer(at, fire));
  }

  disarm(key: number | 'execution'): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
  }

  disarmAll(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Ends the execution with its last event. `previousEventId` is the event that caused it. */
  end(status: EndStatus, previousEventId: number, result: { output?: string } & Failure): void {
    const { output, error, cause } = result;
    const type = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[
      status
    ];
    // Only the event names the error of an execution that has timed out, not its description.
    const shown = status === 'TIMED_OUT' ? 'States.Timeout' : error;
    const details: JsonObject = {
      ...(output === undefined ? {} : { output, outputDetails: { truncated: false } }),
      ...(shown === undefined ? {} : { error: shown }),
      ...(cause === undefined ? {} : { cause }),
    };
    this.append(`Execution${type}`, previousEventId, details, true);
    Object.assign(this.record, { status, stopDate: this.host.now(), output, error, cause });
    this.disarmAll();
    this.host.ended(this);
  }
}

/** Returns the bytes of the JSON text of each variable. */
const sizesOf = (variables: JsonObject): ReadonlyMap<string, number> =>
  new Map(Object.entries(variables).map(([name, value]) => [name, Buffer.byteLength(jsonText(value))]));

/** Returns about how many characters the texts in an event's details have. */
function lengthOf(details: JsonObject = {}): number {
  return Object.values(details).reduce<number>((sum, value) => {
    if (isObject(value)) return sum + lengthOf(value);
    return typeof value === 'string' ? sum + value.length : sum;
  }, 0);
}
