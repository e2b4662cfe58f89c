/** One step of a thread: enters its state, runs it until it has to wait, and continues after it. */

import type { State } from '../definition/model.ts';
import { Pending, withMemory } from '../elsewhere.ts';
import { HistoryFull, wholeDetails } from '../history.ts';
import { jsonText } from '../json.ts';
import { inStep } from '../work.ts';
import { proceed } from './children.ts';
import { runChoice, runFail, runPass, runSucceed } from './direct-states.ts';
import type { Execution } from './execution.ts';
import { failWith, takeCatch } from './failure.ts';
import { startMap } from './map.ts';
import { complete } from './output.ts';
import { startParallel } from './parallel.ts';
import { expireTask, startTask } from './task.ts';
import type { Thread } from './thread.ts';
import { endWait, startWait } from './wait.ts';

/** Writing a text of this length takes as long as a turn should, so its state continues in a later one. */
const largeText = 50_000;

/** Does nothing for a thread that is waiting. */
export function step(execution: Execution, thread: Thread): void {
  // The thread could have been aborted since it was queued.
  if (execution.threads.get(thread.id) !== thread) return;
  guarded(execution, () => {
    if (thread.phase.type === 'enter' && endOfDeleted(execution, thread)) return;
    if (thread.phase.type === 'enter' && enter(execution, thread).length > largeText)
      execution.host.enqueue(execution, thread);
    else advance(execution, thread);
  });
}

/** Runs the phase of a thread. It runs again, from the start of the phase, when it lacks a value of an expression. */
export function advance(execution: Execution, thread: Thread): void {
  try {
    withMemory(thread.phase, () => runPhase(execution, thread));
  } catch (error) {
    if (!(error instanceof Pending)) throw error;
    execution.host.evaluate(execution, thread, error);
  }
}

/** Continues a thread whose timer has fired. */
export function due(execution: Execution, thread: Thread): void {
  guarded(execution, () => expire(execution, thread));
}

function expire(execution: Execution, thread: Thread): void {
  const { phase } = thread;
  if (phase.type === 'backoff') {
    execution.setPhase(thread, { type: 'attempt' });
    execution.host.enqueue(execution, thread);
  } else if (phase.type === 'task') expireTask(execution, thread, phase);
  else if (phase.type === 'waiting') {
    execution.setPhase(thread, { type: 'complete', result: null });
    advance(execution, thread);
  }
}

/**
 * Applies a change to a running execution. A full history ends the execution. So does a fault of the engine, which must
 * neither stop other executions nor recur at each restart.
 */
export function guarded(execution: Execution, change: () => void): void {
  if (!execution.running) return;
  try {
    inStep(change);
  } catch (error) {
    if (error instanceof HistoryFull) {
      execution.end('FAILED', execution.record.eventCount, error.failure);
      return;
    }
    if (error instanceof RangeError && error.message === stackExhausted) {
      const cause = 'The expressions and the data of a state are nested too deeply for the local engine.';
      execution.end('FAILED', execution.record.eventCount, { error: 'States.Runtime', cause });
      return;
    }
    console.error(`states: fault in ${execution.record.arn}:`, error);
    const cause = `Fault of the local engine: ${error instanceof Error ? error.message : String(error)}`;
    execution.end('FAILED', execution.record.eventCount, { error: 'States.Runtime', cause });
  }
}

/** Message of V8. Limits of levels keep expressions and data from it; this is for what they cannot see. */
const stackExhausted = 'Maximum call stack size exceeded';

/** Ends an execution whose machine is being deleted, in AWS's words; returns whether it did. */
function endOfDeleted(execution: Execution, thread: Thread): boolean {
  const { machineArn, machineName } = execution.record;
  if (!execution.host.isDeleting(machineArn)) return false;
  const cause = `State machine ${machineName} has been deleted.`;
  execution.end('FAILED', thread.lastEvent, { error: 'States.Runtime', cause });
  return true;
}

/** Returns the text of the input. */
function enter(execution: Execution, thread: Thread): string {
  const { type } = execution.stateOf(thread);
  thread.retries = [];
  thread.retryCount = 0;
  thread.enteredAt = execution.host.now();
  const input = jsonText(thread.input);
  thread.enteredEvent = execution.emit(thread, `${type}StateEntered`, {
    name: thread.state,
    input,
    inputDetails: wholeDetails,
  });
  execution.setPhase(thread, { type: 'attempt' });
  return input;
}

function runPhase(execution: Execution, thread: Thread): void {
  const state = execution.stateOf(thread);
  try {
    switch (thread.phase.type) {
      case 'attempt':
        start(execution, thread, state);
        break;
      case 'complete':
        if (state.type === 'Wait') endWait(execution, thread, state);
        else if ('resultSelector' in state) complete(execution, thread, state, thread.phase.result);
        break;
      case 'caught':
        takeCatch(execution, thread, thread.phase);
        break;
      case 'children':
        proceed(execution, thread);
        break;
    }
  } catch (error) {
    failWith(execution, thread, error);
  }
}

function start(execution: Execution, thread: Thread, state: State): void {
  switch (state.type) {
    case 'Pass':
      runPass(execution, thread, state);
      break;
    case 'Choice':
      runChoice(execution, thread, state);
      break;
    case 'Succeed':
      runSucceed(execution, thread, state);
      break;
    case 'Fail':
      runFail(execution, thread, state);
      break;
    case 'Wait':
      startWait(execution, thread, state);
      break;
    case 'Task':
      startTask(execution, thread, state);
      break;
    case 'Parallel':
      startParallel(execution, thread, state);
      break;
    case 'Map':
      startMap(execution, thread, state);
      break;
  }
}
