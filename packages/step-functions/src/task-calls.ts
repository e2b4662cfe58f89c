/** Calls of tasks: to services over HTTP, or to the engine for tasks that start executions. */

import type { Execution } from './interpreter/execution.ts';
import { guarded } from './interpreter/step.ts';
import { answerCall } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { isNested, type NestedExecutions } from './nested.ts';
import type { TaskCaller } from './task/caller.ts';
import { formatTicket } from './task/token.ts';

export class TaskCalls {
  readonly #caller: TaskCaller;
  readonly #nested: NestedExecutions;
  #closed = false;

  constructor(caller: TaskCaller, nested: NestedExecutions) {
    this.#caller = caller;
    this.#nested = nested;
  }

  /** Calls the resource of a thread in its task phase, unless the thread was aborted in the same turn. */
  async call(execution: Execution, thread: Thread, phase: TaskPhase): Promise<void> {
    const state = execution.stateOf(thread);
    if (state.type !== 'Task' || !this.#isCurrent(execution, thread, phase)) return;
    const { resource } = state;
    if (isNested(resource)) {
      const ticket = formatTicket({ execution: execution.record.key, thread: thread.id, nonce: phase.nonce });
      this.#nested.call({ execution, thread, phase, ticket, resource });
      return;
    }
    const outcome = await this.#caller.call(resource, phase.parameters);
    if (this.#isCurrent(execution, thread, phase))
      guarded(execution, () => answerCall(execution, thread, phase.nonce, outcome));
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
