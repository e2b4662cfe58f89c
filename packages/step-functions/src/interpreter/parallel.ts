/** Parallel: every branch gets the same input; the output is the list of their outputs. */

import type { ParallelState } from '../definition/model.ts';
import { applyPath } from '../expression.ts';
import { fillTemplate } from '../template.ts';
import type { Execution } from './execution.ts';
import { checkSize, textOf } from './output.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';

export function startParallel(execution: Execution, thread: Thread, state: ParallelState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const branchInput = state.parameters
    ? fillTemplate(state.parameters, scopeOf(execution, thread, input))
    : input;
  checkSize(textOf(branchInput, state.name), state.name);
  execution.emit(thread, 'ParallelStateStarted');
  const total = state.branches.length;
  thread.items = [branchInput];
  execution.setPhase(thread, {
    type: 'children',
    total,
    started: 0,
    succeeded: 0,
    failed: 0,
    limit: total,
    tolerated: undefined,
  });
  startBranches(execution, thread, state);
}

/** Starts the branches, in several turns where their input is large. */
export function startBranches(execution: Execution, thread: Thread, state: ParallelState): void {
  const [input = null] = thread.items ?? [];
  while (thread.phase.type === 'children') {
    const { phase } = thread;
    const branch = state.branches.at(phase.started);
    if (!branch) {
      execution.forgetItems(thread);
      return;
    }
    if (execution.host.full) {
      execution.host.enqueue(execution, thread);
      return;
    }
    execution.setPhase(thread, { ...phase, started: phase.started + 1 });
    execution.host.enqueue(execution, execution.startChild(thread, phase.started, branch, input));
  }
}
