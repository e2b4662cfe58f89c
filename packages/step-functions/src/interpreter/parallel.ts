/** Parallel: every branch gets the same input; the output is the list of their outputs. */

import type { ParallelState } from '../definition/model.ts';
import { applyPath } from '../expression.ts';
import { fillTemplate } from '../template.ts';
import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';

export function startParallel(execution: Execution, thread: Thread, state: ParallelState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const branchInput = state.parameters
    ? fillTemplate(state.parameters, scopeOf(execution, thread, input))
    : input;
  execution.emit(thread, 'ParallelStateStarted');
  const total = state.branches.length;
  execution.setPhase(thread, {
    type: 'children',
    total,
    started: total,
    succeeded: 0,
    failed: 0,
    limit: total,
    tolerated: undefined,
  });
  state.branches.forEach((branch, index) => {
    execution.host.enqueue(execution, execution.startChild(thread, index, branch, branchInput));
  });
}
