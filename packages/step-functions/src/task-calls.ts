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
      const job = resource.sync && outcome.succeeded && !outcome.ends ? outcome.output : undefined;
      if (!this.#isCurrent(execution, thread, phase)) {
        if (job !== undefined) await this.#cancel(execution, { ...phase, job }, resource);
        return;
      }
      guarded(execution, () => answerCall(execution, thread, phase.nonce, outcome));
      if (job !== undefined) await this.#followJob(execution, thread, { ...phase, job }, resource);
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
    await this.#cancel(execution, phase, resource);
  }

  /** Cancels the job of a task that was aborted or timed out, as far as that is possible. */
  async #cancel({ record }: Execution, phase: TaskPhase, resource: Resource): Promise<void> {
    // The next process follows the job.
    if (this.#closed) return;
    const cancel = cancellation(resource, phase.job ?? null, phase.parameters, record.arn);
    if (cancel) await this.#caller.describe(resource, cancel.action, cancel.parameters);
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
