/** The children of Parallel and Map: they finish or fail, and a failure aborts their siblings. */

import { keepMemory, Pending } from '../elsewhere.ts';
import type { Failure } from '../errors.ts';
import type { Execution } from './execution.ts';
import { failState, failWith } from './failure.ts';
import { startIterations } from './iterations.ts';
import { startBranches } from './parallel.ts';
import { recordTimeout } from './task.ts';
import { type ChildrenPhase, resumption, type Thread } from './thread.ts';

/** Continues the parent of a thread that is done or has failed. */
export function endChild(execution: Execution, child: Thread): void {
  if (child.phase.type === 'done') finishChild(execution, child);
  else if (child.phase.type === 'failed') failChild(execution, child, child.phase.failure);
}

/** Handles a child that finished; the last one completes the parent's state. */
function finishChild(execution: Execution, child: Thread): void {
  const parent = execution.parentOf(child);
  if (parent?.phase.type !== 'children') return;
  const { succeeded, failed, total } = parent.phase;
  parent.lastEvent = child.lastEvent;
  if (execution.stateOf(parent).type === 'Map') {
    const reported = report(execution, parent, child, 'MapIterationSucceeded', child.lastEvent);
    // The end of the Map follows the report; the next iteration follows the last event in this one.
    if (succeeded + failed + 1 === total) parent.lastEvent = reported;
  }
  count(execution, parent, { ...parent.phase, succeeded: succeeded + 1 });
  execution.host.advance(execution, parent);
}

/** Counts a child that has ended; what the parent has evaluated for the next one stays valid. */
function count(execution: Execution, parent: Thread, phase: ChildrenPhase): void {
  keepMemory(parent.phase, phase);
  execution.setPhase(parent, phase);
}

/** Handles a child that failed: if Map does not tolerate it, the siblings are aborted and the parent's state fails. */
function failChild(execution: Execution, child: Thread, failure: Failure): void {
  const parent = execution.parentOf(child);
  if (parent?.phase.type !== 'children') return;
  const failed = parent.phase.failed + 1;
  const { tolerated } = parent.phase;
  const isTolerated = failed <= (tolerated ?? 0);
  // What follows names the event of the failure as its cause.
  const cause = child.lastEvent;
  if (!isTolerated && failure.error === timeout) expireWith(execution, parent);
  if (execution.stateOf(parent).type === 'Map') report(execution, parent, child, 'MapIterationFailed', cause);
  if (execution.stateOf(child).type === 'Task') execution.append('TaskStateAborted', cause);
  parent.lastEvent = cause;
  count(execution, parent, { ...parent.phase, failed });
  if (isTolerated) {
    execution.host.advance(execution, parent);
    return;
  }
  abortChildren(execution, parent, cause);
  failState(execution, parent, tolerated === undefined ? failure : thresholdExceeded);
}

const thresholdExceeded: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** Records that the siblings whose deadline is in the same second have timed out too, since AWS counts in seconds. */
function expireWith(execution: Execution, parent: Thread): void {
  const soon = execution.host.now() + 1000;
  for (const sibling of execution.childrenOf(parent)) {
    const { phase } = sibling;
    if (phase.type === 'task' && (phase.timeoutAt ?? Number.POSITIVE_INFINITY) <= soon)
      recordTimeout(execution, sibling, timeout);
  }
}

const timeout = 'States.Timeout';

/** Starts the children that can start now, and completes the state when none is left. */
export function proceed(execution: Execution, parent: Thread): void {
  const { phase } = parent;
  if (phase.type !== 'children') return;
  const state = execution.stateOf(parent);
  try {
    if (state.type === 'Map') startIterations(execution, parent, state);
    else if (state.type === 'Parallel' && phase.started < phase.total)
      startBranches(execution, parent, state);
  } catch (error) {
    if (error instanceof Pending) throw error;
    abortChildren(execution, parent, parent.lastEvent);
    failWith(execution, parent, error);
    return;
  }
  if (phase.succeeded + phase.failed < phase.total) return;
  if (state.type !== 'Map' && state.type !== 'Parallel') return;
  const outputs = execution
    .childrenOf(parent)
    .sort((left, right) => left.index - right.index)
    .flatMap((child) => (child.phase.type === 'done' ? [child.phase.output] : []));
  const succeeded = execution.append(`${state.type}StateSucceeded`, parent.lastEvent);
  // From here on a failure belongs to the state: a redrive starts all children again.
  execution.removeChildren(parent);
  execution.setPhase(parent, { type: 'complete', result: outputs, succeeded });
  execution.host.advance(execution, parent);
}

/** Records the end of an iteration. Returns the event's id. */
function report(execution: Execution, parent: Thread, child: Thread, type: string, cause: number): number {
  return execution.append(type, cause, { name: parent.state, index: child.index });
}

/**
 * Aborts all descendants of a thread; they keep their state so that a redrive can continue from it. `cause` is the id of the
 * event that led to it.
 */
function abortChildren(execution: Execution, parent: Thread, cause: number): void {
  const iteration = execution.stateOf(parent).type === 'Map';
  for (const child of execution.childrenOf(parent)) {
    if (child.phase.type === 'done' || child.phase.type === 'failed') continue;
    const state = execution.stateOf(child);
    if (child.phase.type === 'children') abortChildren(execution, child, cause);
    if (child.phase.type === 'mapRun') execution.append('MapRunAborted', cause);
    if (iteration) report(execution, parent, child, 'MapIterationAborted', cause);
    if (abortedEvents.has(state.type) && child.phase.type !== 'enter')
      execution.append(`${state.type}StateAborted`, cause);
    execution.disarm(child.id);
    execution.setPhase(child, {
      type: 'failed',
      failure: {},
      ...resumption(child),
    });
  }
}

/** State types that have an event for being aborted. */
const abortedEvents = new Set(['Task', 'Wait', 'Parallel', 'Map']);
