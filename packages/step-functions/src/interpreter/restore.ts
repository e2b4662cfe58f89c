/** Restores an execution after a restart: every thread continues in its phase. */

import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';
import { wake } from './timers.ts';

/**
 * Deadlines are absolute, so timers are just set again. A pending call is repeated (at-least-once) without new events.
 * A task whose message was already sent keeps waiting with the same token, and a task that waits for an execution finds
 * it again.
 */
export function restore(execution: Execution): void {
  for (const thread of execution.threads.values()) resume(execution, thread);
}

function resume(execution: Execution, thread: Thread): void {
  const { phase } = thread;
  switch (phase.type) {
    case 'enter':
    case 'attempt':
    case 'complete':
    case 'caught':
    // A Map could have been about to start iterations.
    case 'children':
      execution.host.enqueue(execution, thread);
      return;
    case 'task':
      if (!phase.submitted || isSync(execution, thread)) execution.host.callTask(execution, thread);
      wake(execution, thread);
      return;
    case 'waiting':
    case 'backoff':
      wake(execution, thread);
      return;
    case 'mapRun':
      execution.host.runMap(execution, thread);
      return;
    case 'done':
    case 'failed':
      return;
  }
}

function isSync(execution: Execution, thread: Thread): boolean {
  const state = execution.stateOf(thread);
  return state.type === 'Task' && state.resource.sync;
}
