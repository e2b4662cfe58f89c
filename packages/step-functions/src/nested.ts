/**
 * Tasks that start executions. The new execution stores which task started it, so that a call repeated after a restart
 * finds it instead of starting another.
 */

import type { Resource } from './definition/resource.ts';
import type { Execution } from './interpreter/execution.ts';
import { guarded } from './interpreter/step.ts';
import { answerCall, type Outcome, settle } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { refusal, result, started } from './nested-outcomes.ts';
import type { Executions } from './store/executions.ts';
import type { ExecutionRecord, MachineType } from './store/records.ts';
import { reasonOf } from './task/cancels.ts';

export interface NestedTask {
  readonly execution: Execution;
  readonly thread: Thread;
  readonly phase: TaskPhase;
  /** Identifies the task and its attempt in the store. */
  readonly ticket: string;
  readonly resource: Resource;
}

interface NestedRequest {
  readonly stateMachineArn: string;
  readonly name: string | undefined;
  readonly input: string;
  readonly startedBy: string;
  /** The required type of the machine; any when undefined. */
  readonly type: MachineType | undefined;
}

/** Starts an execution as the API does. Returns its record, or the error. */
export type StartNested = (request: NestedRequest) => ExecutionRecord | { code: string; message: string };

export function isNested({ service, action }: Resource): boolean {
  return service === 'states' || (service === 'aws-sdk:sfn' && /^start(Sync)?Execution(\.|$)/.test(action));
}

interface Owner {
  find(arn: string): Execution | undefined;
  stop(execution: Execution, failure: { error?: string; cause?: string }): void;
  whenEnded(key: number, callback: (record: ExecutionRecord) => void): void;
}

export class NestedExecutions {
  readonly #owner: Owner;
  readonly #store: Executions;
  readonly #start: StartNested;
  /** Tasks that wait for the end of an execution, by their execution. */
  readonly #waiting = new Map<Execution, Map<NestedTask, string>>();

  constructor(owner: Owner, store: Executions, start: StartNested) {
    this.#owner = owner;
    this.#store = store;
    this.#start = start;
  }

  call(task: NestedTask): void {
    const { execution, thread, phase, resource, ticket } = task;
    const child = this.#store.startedBy(ticket) ?? this.#start(request(task));
    if (!('arn' in child)) {
      answer(task, refusal(resource, child));
      return;
    }
    const synchronous = resource.action.startsWith('startSyncExecution');
    if (!phase.submitted && !synchronous) {
      guarded(execution, () => answerCall(execution, thread, phase.nonce, started(resource, child)));
    }
    if (resource.sync || synchronous) this.#follow(task, child);
  }

  /** Stops the executions whose tasks were aborted. */
  review(executions: readonly Execution[]): void {
    for (const execution of executions) {
      const tasks = this.#waiting.get(execution);
      for (const [task, arn] of tasks ?? []) {
        if (isWaiting(task)) continue;
        this.#forget(task);
        const child = this.#owner.find(arn);
        if (child) this.#owner.stop(child, { cause: reasonOf(execution.record.arn) });
      }
    }
  }

  #follow(task: NestedTask, child: ExecutionRecord): void {
    const running = this.#owner.find(child.arn);
    if (!running?.running) {
      answer(task, result(task.resource, running?.record ?? child));
      return;
    }
    const tasks = this.#waiting.get(task.execution) ?? new Map<NestedTask, string>();
    this.#waiting.set(task.execution, tasks.set(task, child.arn));
    this.#owner.whenEnded(running.record.key, (record) => {
      this.#forget(task);
      answer(task, result(task.resource, record));
    });
  }

  #forget(task: NestedTask): void {
    const tasks = this.#waiting.get(task.execution);
    tasks?.delete(task);
    if (tasks?.size === 0) this.#waiting.delete(task.execution);
  }
}

function isWaiting({ execution, thread, phase }: NestedTask): boolean {
  const { phase: now } = thread;
  return (
    execution.running &&
    execution.threads.get(thread.id) === thread &&
    now.type === 'task' &&
    now.nonce === phase.nonce
  );
}

function answer(task: NestedTask, outcome: Outcome): void {
  const { execution, thread } = task;
  guarded(execution, () => {
    if (isWaiting(task)) settle(execution, thread, outcome);
  });
}

function request({ phase, ticket, resource }: NestedTask): NestedRequest {
  const parameters: JsonObject = isObject(phase.parameters) ? phase.parameters : {};
  const { StateMachineArn, Name, Input } = parameters;
  return {
    stateMachineArn: typeof StateMachineArn === 'string' ? StateMachineArn : '',
    name: typeof Name === 'string' ? Name : undefined,
    input: inputText(Input),
    startedBy: ticket,
    type: resource.action.startsWith('startSyncExecution')
      ? 'EXPRESS'
      : resource.sync
        ? 'STANDARD'
        : undefined,
  };
}

/** Returns the input as text: a string as it is, any other JSON as its text. */
function inputText(input: Json | undefined): string {
  if (input === undefined || input === null) return '{}';
  return typeof input === 'string' ? input : JSON.stringify(input);
}
