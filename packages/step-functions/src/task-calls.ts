/** Calls of tasks: to services over HTTP, or to the engine for tasks that start executions. */

import { setTimeout } from 'node:timers/promises';
import type { Activities } from './activities.ts';
import type { Resource } from './definition/resource.ts';
import type { Execution } from './interpreter/execution.ts';
import { guarded } from './interpreter/step.ts';
import { answerCall, settle } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { isNested, type NestedExecutions } from './nested.ts';
import type { TaskCaller } from './task/caller.ts';
import { cancellation } from './task/cancels.ts';
import { jobOutcome } from './task/jobs.ts';
import { formatTicket } from './task/token.ts';

/** Time between two questions about the state of a job. */
const pollMs = 1000;

export class TaskCalls {
  readonly #caller: TaskCaller;
  readonly #nested: NestedExecutions;
  readonly #activities: Activities;
  #closed = false;

  constructor(caller: TaskCaller, nested: NestedExecutions, activities: Activities) {
    this.#caller = caller;
    this.#nested = nested;
    this.#activities = activities;
  }

  /** Calls the resource of a thread in its task phase, unless the thread was aborted in the same turn. */
  async call(execution: Execution, thread: Thread, phase: TaskPhase): Promise<void> {
    const state = execution.stateOf(thread);
    if (state.type !== 'Task' || !this.#isCurrent(execution, thread, phase)) return;
    const { resource } = state;
    if (isNested(resource) && !this.#caller.mocked) {
      const ticket = formatTicket({ execution: execution.record.key, thread: thread.id, nonce: phase.nonce });
      this.#nested.call({ execution, thread, phase, ticket, resource });
      return;
    }
    if (resource.service === 'activity' && !this.#caller.mocked) {
      this.#activities.schedule(resource.arn, { execution, thread, phase });
      return;
    }
    if (phase.job === undefined) {
      const outcome = await this.#caller.call(resource, phase.parameters, {
        executionArn: execution.record.arn,
        stateMachineArn: execution.record.machineArn,
      });
      if (!this.#isCurrent(execution, thread, phase)) return;
      guarded(execution, () => answerCall(execution, thread, phase.nonce, outcome));
      if (!resource.sync || !outcome.succeeded || outcome.ends) return;
      await this.#followJob(execution, thread, { ...phase, job: outcome.output }, resource);
      return;
    }
    await this.#followJob(execution, thread, phase, resource);
  }

  /** Waits until the job that a task started has ended, then ends the task. */
  async #followJob(
    execution: Execution,
    thread: Thread,
    phase: TaskPhase,
    resource: Resource,
  ): Promise<void> {
    while (this.#isCurrent(execution, thread, phase)) {
      const outcome = await jobOutcome(resource, phase.job ?? null, phase.parameters, (action, parameters) =>
        this.#caller.describe(resource, action, parameters),
      );
      if (!this.#isCurrent(execution, thread, phase)) break;
      if (outcome) {
        guarded(execution, () => settle(execution, thread, outcome));
        return;
      }
      await setTimeout(pollMs, undefined, { ref: false });
    }
    if (this.#isAborted(execution, thread, phase)) await this.#cancel(phase, resource);
  }

  /** Cancels the job of a task that was aborted, as far as that is possible. */
  async #cancel(phase: TaskPhase, resource: Resource): Promise<void> {
    const cancel = cancellation(resource, phase.job ?? null, phase.parameters);
    if (cancel) await this.#caller.describe(resource, cancel.action, cancel.parameters);
  }

  /** Returns whether the execution, or a branch around the task, ended while the task waited. */
  #isAborted(execution: Execution, { phase }: Thread, { nonce }: TaskPhase): boolean {
    if (this.#closed) return false;
    if (phase.type === 'task') return phase.nonce === nonce && !execution.running;
    return phase.type === 'failed' && phase.failure.error === undefined;
  }

  close(): void {
    this.#closed = true;
  }

  #isCurrent(execution: Execution, thread: Thread, { nonce }: TaskPhase): boolean {
    const { phase } = thread;
    return (
      !this.#closed &&
      execution.running &&
      execution.threads.get(thread.id) === thread &&
      phase.type === 'task' &&
      phase.nonce === nonce
    );
  }
}
