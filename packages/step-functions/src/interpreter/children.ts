/** The children of Parallel and Map: they finish or fail, and a failure aborts their siblings. */

import { keepMemory, Pending } from '../elsewhere.ts';
import type { Failure } from '../errors.ts';
import type { Execution } from './execution.ts';
import { failState, failWith } from './failure.ts';
import { startIterations } from './iterations.ts';
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
  const iteration = execution.stateOf(parent).type === 'Map';
  parent.lastEvent = iteration ? report(execution, parent, child, 'MapIterationSucceeded') : child.lastEvent;
  count(execution, parent, { ...parent.phase, succeeded: parent.phase.succeeded + 1 });
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
  // On AWS, what follows names the event of the failure as its cause, not this report.
  if (execution.stateOf(parent).type === 'Map') report(execution, parent, child, 'MapIterationFailed');
  parent.lastEvent = child.lastEvent;
  const failed = parent.phase.failed + 1;
  const { tolerated } = parent.phase;
  count(execution, parent, { ...parent.phase, failed });
  if (failed <= (tolerated ?? 0)) {
    execution.host.advance(execution, parent);
    return;
  }
  abortChildren(execution, parent);
  failState(execution, parent, tolerated === undefined ? failure : thresholdExceeded);
}

const thresholdExceeded: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

/** Starts the children that can start now, and completes the state when none is left. */
export function proceed(execution: Execution, parent: Thread): void {
  const { phase } = parent;
  if (phase.type !== 'children') return;
  const state = execution.stateOf(parent);
  try {
    if (state.type === 'Map') startIterations(execution, parent, state);
  } catch (error) {
    if (error instanceof Pending) throw error;
    abortChildren(execution, parent);
    failWith(execution, parent, error);
    return;
  }
  if (phase.succeeded + phase.failed < phase.total) return;
  if (state.type !== 'Map' && state.type !== 'Parallel') return;
  const outputs = execution
    .childrenOf(parent)
    .sort((left, right) => left.index - right.index)
    .flatMap((child) => (child.phase.type === 'done' ? [child.phase.output] : []));
  execution.append(`${state.type}StateSucceeded`, parent.lastEvent);
  // From here on a failure belongs to the state: a redrive starts all children again.
  execution.removeChildren(parent);
  execution.setPhase(parent, { type: 'complete', result: outputs });
  execution.host.advance(execution, parent);
}

/** Records the end of an iteration after its last event. Returns the event's id. */
function report(execution: Execution, parent: Thread, child: Thread, type: string): number {
  return execution.append(type, child.lastEvent, { name: parent.state, index: child.index });
}

/** Aborts all descendants of a thread; they keep their state so that a redrive can continue from it. */
function abortChildren(execution: Execution, parent: Thread): void {
  const iteration = execution.stateOf(parent).type === 'Map';
  for (const child of execution.childrenOf(parent)) {
    if (child.phase.type === 'done' || child.phase.type === 'failed') continue;
    const state = execution.stateOf(child);
    if (child.phase.type === 'children') abortChildren(execution, child);
    if (child.phase.type === 'mapRun') execution.emit(child, 'MapRunAborted');
    if (abortedEvents.has(state.type) && child.phase.type !== 'enter')
      execution.emit(child, `${state.type}StateAborted`);
    if (iteration) parent.lastEvent = report(execution, parent, child, 'MapIterationAborted');
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
