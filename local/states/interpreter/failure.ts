/** What happens when a state fails: Retry, then Catch, then the thread fails. */

import type { Catcher, State } from '../definition/model.ts';
import { EvaluationError, type Failure, matchesError, StateFailed } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { chooseRetrier, retryDelay } from '../retry.ts';
import { failChild } from './children.ts';
import type { Execution } from './execution.ts';
import { assigned, leave, putResult } from './output.ts';
import type { Thread } from './thread.ts';
import { wake } from './wait.ts';

/** The failure that an exception of a state stands for; anything unforeseen is thrown on. */
export function failureOf(error: unknown, thread: Thread): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (!(error instanceof EvaluationError)) throw error;
  const where = `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}).`;
  return { error: error.error, cause: `${where} ${error.message}` };
}

/** `lateHeartbeat`: the task gave no sign of life, which also goes by the name States.HeartbeatTimeout. */
export function failState(
  execution: Execution,
  thread: Thread,
  failure: Failure,
  lateHeartbeat = false,
): void {
  const state = execution.stateOf(thread);
  if (retryLater(execution, thread, state, failure, lateHeartbeat)) return;
  if (thread.phase.type === 'children') execution.emit(thread, `${state.type}StateFailed`);
  const catcher =
    'catch' in state
      ? state.catch.find((rule) => matchesError(rule.errorEquals, failure.error ?? '', lateHeartbeat))
      : undefined;
  if (!catcher) {
    failThread(execution, thread, failure);
    return;
  }
  execution.removeChildren(thread);
  try {
    takeCatch(execution, thread, catcher, failure);
  } catch (error) {
    failThread(execution, thread, failureOf(error, thread));
  }
}

function retryLater(
  execution: Execution,
  thread: Thread,
  state: State,
  failure: Failure,
  lateHeartbeat: boolean,
): boolean {
  if (!('retry' in state)) return false;
  const chosen = chooseRetrier(state.retry, thread.retries, failure.error ?? '', lateHeartbeat);
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

function takeCatch(execution: Execution, thread: Thread, catcher: Catcher, failure: Failure): void {
  const caught: JsonObject = { Error: failure.error ?? '', Cause: failure.cause ?? '' };
  const variables = assigned(catcher.assign, execution.scope(thread, caught));
  const output = putResult(catcher.resultPath, thread.input, caught);
  leave(execution, thread, { output, next: catcher.next, variables });
}

/** Nothing caught it: the thread is over, and its parent or the whole execution with it. */
function failThread(execution: Execution, thread: Thread, failure: Failure): void {
  const { phase } = thread;
  execution.disarm(thread.id);
  execution.setPhase(thread, {
    type: 'failed',
    failure,
    ...(phase.type === 'children' ? { resume: phase } : {}),
  });
  if (thread.parent === null) execution.end('FAILED', thread.lastEvent, failure);
  else failChild(execution, thread, failure);
}
