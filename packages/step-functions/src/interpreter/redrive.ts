/** Redrive: continues a failed, timed-out or stopped execution from where it stopped. */

import { runtimeError } from '../errors.ts';
import type { Execution } from './execution.ts';
import { rootThread } from './execution.ts';
import { failWith } from './failure.ts';
import type { ChildrenPhase, MapRunPhase, Phase, Thread } from './thread.ts';

/**
 * Redrives an execution. Finished branches and iterations stay finished. Every state that failed or was aborted starts
 * again with all its retries. States are not entered a second time. A child of type EXPRESS runs `fromStart`, from its first state.
 */
export function redrive(execution: Execution, fromStart = false): void {
  const root = execution.threads.get(rootThread);
  if (!root) return;
  const { record, host } = execution;
  Object.assign(record, { status: 'RUNNING', stopDate: undefined, error: undefined, cause: undefined });
  record.redriveCount += 1;
  record.redriveDate = host.now();
  root.lastEvent = execution.append('ExecutionRedriven', record.eventCount, {
    redriveCount: record.redriveCount,
  });
  if (fromStart) execution.restart(root);
  else revive(execution, root);
}

function revive(execution: Execution, thread: Thread): void {
  const { phase } = thread;
  if (phase.type === 'done') return;
  thread.retries = [];
  thread.retryCount = 0;
  const resumed = phase.type === 'failed' ? phase.resume : isParent(phase) ? phase : undefined;
  if (resumed?.type === 'mapRun') {
    resumeMapRun(execution, thread, resumed);
    return;
  }
  if (resumed) {
    execution.setPhase(thread, { ...resumed, failed: 0 });
    for (const child of execution.childrenOf(thread)) {
      child.lastEvent = thread.lastEvent;
      revive(execution, child);
    }
    return;
  }
  execution.setPhase(thread, { type: phase.type === 'enter' ? 'enter' : 'attempt' });
  execution.host.enqueue(execution, thread);
}

function isParent(phase: Phase): phase is ChildrenPhase | MapRunPhase {
  return phase.type === 'children' || phase.type === 'mapRun';
}

/** AWS's limit for the redrives of one run. */
const mostRedrives = 1000;

/** Keeps the children that succeeded, redrives the others and starts children for the remaining items. */
function resumeMapRun(execution: Execution, thread: Thread, phase: MapRunPhase): void {
  const redrives = phase.redrives + 1;
  if (redrives > mostRedrives) {
    failWith(
      execution,
      thread,
      runtimeError(`The Map Run '${phase.arn}' has been redriven ${mostRedrives} times, which is the limit`),
    );
    return;
  }
  execution.emit(thread, 'MapRunRedriven', { mapRunArn: phase.arn, redriveCount: redrives });
  execution.setPhase(thread, { ...phase, redrives });
  execution.host.runMap(execution, thread);
}
