/** Failure of a state: applies Retry, then Catch, then fails the thread. */

import type { State } from '../definition/model.ts';
import { EvaluationError, type Failure, matchesError, queryErrorName, StateFailed } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { chooseRetrier, retryDelay } from '../retry.ts';
import { fillTemplate } from '../template.ts';
import type { Execution } from './execution.ts';
import { assigned, leave, putResult } from './output.ts';
import { resumption, type Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';
import { wake } from './timers.ts';

/** Converts an exception of a state to a failure; rethrows unexpected exceptions. */
export function failureOf(error: unknown, thread: Thread): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (!(error instanceof EvaluationError)) throw error;
  const where = `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}).`;
  return { error: error.error, cause: `${where} ${error.message}` };
}

/** Fails the state with an exception. A failed JSONata expression gets its own event first. */
export function failWith(execution: Execution, thread: Thread, error: unknown): void {
  failState(execution, thread, recordedFailure(execution, thread, error));
}

function recordedFailure(execution: Execution, thread: Thread, error: unknown): Failure {
  const failure = failureOf(error, thread);
  if (error instanceof EvaluationError && error.error === queryErrorName) {
    if (thread.phase.type === 'caught') thread.lastEvent = thread.phase.before ?? thread.lastEvent;
    execution.emit(thread, 'EvaluationFailed', {
      ...failure,
      ...(error.location === undefined ? {} : { location: error.location }),
      state: thread.state,
    });
  }
  return failure;
}

/** Fails the state. `lateHeartbeat`: the failure also matches States.HeartbeatTimeout. */
export function failState(
  execution: Execution,
  thread: Thread,
  failure: Failure,
  lateHeartbeat = false,
): void {
  if (failure.error === 'States.Runtime') {
    // Nothing can catch it, wherever it happens; the states around it get no events.
    const cause = thread.phase.type === 'complete' ? thread.phase.succeeded : undefined;
    execution.setPhase(thread, { type: 'failed', failure, ...resumptionAfter(thread, failure) });
    execution.end('FAILED', cause ?? thread.lastEvent, failure);
    return;
  }
  const state = execution.stateOf(thread);
  const { type } = thread.phase;
  // A rule of Catch that fails is neither retried nor caught.
  if (type === 'caught') {
    if (isParent(state)) execution.emit(thread, `${state.type}StateFailed`);
    failThread(execution, thread, failure);
    return;
  }
  if (retryLater(execution, thread, state, failure, lateHeartbeat)) return;
  const before = thread.lastEvent;
  if (type === 'children' || type === 'mapRun' || (isParent(state) && failure.error === queryErrorName))
    execution.emit(thread, `${state.type}StateFailed`);
  const rule =
    'catch' in state
      ? state.catch.findIndex(({ errorEquals }) => matchesError(errorEquals, failure, lateHeartbeat))
      : -1;
  if (rule < 0) {
    failThread(execution, thread, failure);
    return;
  }
  execution.removeChildren(thread);
  execution.setPhase(thread, { type: 'caught', failure, rule, before });
  execution.host.advance(execution, thread);
}

/**
 * Returns the phase that a redrive returns to. A Map Run whose data is too large or whose expressions failed is not redriven: the
 * state starts a new one (the guide's page of redriving Map Runs).
 */
function resumptionAfter(thread: Thread, { error }: Failure): ReturnType<typeof resumption> {
  const startsAgain = error === 'States.DataLimitExceeded' || error === 'States.Runtime';
  return thread.phase.type === 'mapRun' && startsAgain ? {} : resumption(thread);
}

function isParent({ type }: State): boolean {
  return type === 'Map' || type === 'Parallel';
}

function retryLater(
  execution: Execution,
  thread: Thread,
  state: State,
  failure: Failure,
  lateHeartbeat: boolean,
): boolean {
  if (!('retry' in state)) return false;
  const chosen = chooseRetrier(state.retry, thread.retries, failure, lateHeartbeat);
  const retrier = chosen === undefined ? undefined : state.retry[chosen];
  if (chosen === undefined || !retrier) return false;
  const retried = thread.retries[chosen] ?? 0;
  thread.retries = state.retry.map((_, index) => (thread.retries[index] ?? 0) + (index === chosen ? 1 : 0));
  thread.retryCount += 1;
  execution.removeChildren(thread);
  execution.setPhase(thread, { type: 'backoff', until: execution.host.now() + retryDelay(retrier, retried) });
  wake(execution, thread);
  return true;
}

/** Makes the output of a Catch and continues with its next state. */
export function takeCatch(
  execution: Execution,
  thread: Thread,
  { failure, rule }: { readonly failure: Failure; readonly rule: number },
): void {
  const state = execution.stateOf(thread);
  const catcher = 'catch' in state ? state.catch[rule] : undefined;
  if (!catcher) throw new Error(`${thread.state} has no rule ${rule} in its Catch`);
  // AWS gives null for what SendTaskFailure leaves out, and an empty text for what a Fail state leaves out.
  const missing = failure.byTask ? null : '';
  const caught: JsonObject = { Error: failure.error ?? missing, Cause: failure.cause ?? missing };
  const jsonata = state.language === 'JSONata';
  const scope = jsonata
    ? scopeOf(execution, thread, thread.input, { errorOutput: caught })
    : scopeOf(execution, thread, caught);
  const variables = assigned(catcher.assign, scope);
  const output = catcher.output
    ? fillTemplate(catcher.output, scope)
    : putResult(catcher.resultPath, thread.input, caught);
  leave(execution, thread, { output, next: catcher.next, variables });
}

/** Fails the thread, because nothing caught the failure, and with it its parent or the whole execution. */
function failThread(execution: Execution, thread: Thread, failure: Failure): void {
  execution.disarm(thread.id);
  execution.setPhase(thread, { type: 'failed', failure, ...resumptionAfter(thread, failure) });
  if (thread.parent === null) execution.end('FAILED', thread.lastEvent, failure);
  else execution.host.childEnded(execution, thread);
}
