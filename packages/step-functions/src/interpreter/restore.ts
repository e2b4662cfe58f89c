/** Taking up an execution after a restart: every thread goes back to where it was. */

import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';
import { wake } from './timers.ts';

/**
 * Deadlines are moments, so timers are simply set again. A call that was under way is made again (at least once),
 * without new events; a task whose message went out only waits on, with the same token, and one that waits for the end
 * of an execution looks for it again.
 */
export function restore(execution: Execution): void {
  for (const thread of execution.threads.values()) resume(execution, thread);
}

function resume(execution: Execution, thread: Thread): void {
  const { phase } = thread;
  switch (phase.type) {
    case 'enter':
    case 'attempt':
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
    case 'children':
    case 'done':
    case 'failed':
      return;
  }
}

function isSync(execution: Execution, thread: Thread): boolean {
  const state = execution.stateOf(thread);
  return state.type === 'Task' && state.resource.sync;
}
