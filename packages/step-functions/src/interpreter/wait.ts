/** Wait: computes the deadline and continues after it. */

import type { WaitState } from '../definition/model.ts';
import { runtimeError } from '../errors.ts';
import { applyPath, valueAt } from '../expression.ts';
import { shownJson } from '../json.ts';
import { evaluateTyped, queryError } from '../jsonata/evaluate.ts';
import type { Scope } from '../scope.ts';
import { parseTimestamp } from '../timestamps.ts';
import { mostSeconds, wholeNumber } from './amount.ts';
import type { Execution } from './execution.ts';
import { assigned, leave, shapedOutput } from './output.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';
import { wake } from './timers.ts';

export function startWait(execution: Execution, thread: Thread, state: WaitState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const scope = scopeOf(execution, thread, input);
  let until: number;
  if (state.seconds !== undefined) until = execution.host.now() + seconds(state, scope) * 1000;
  else {
    // AWS cuts off the milliseconds of a timestamp (the guide's page of Wait).
    until = Math.floor(moment(state, scope) / 1000) * 1000;
  }
  execution.setPhase(thread, { type: 'waiting', until });
  wake(execution, thread);
}

function seconds(state: WaitState, scope: Scope): number {
  if (typeof state.seconds === 'number' || state.seconds === undefined) return state.seconds ?? 0;
  if (state.seconds.kind === 'jsonata') return wholeNumber(state.seconds, 'Seconds', 0, scope) ?? 0;
  const value = valueAt(state.seconds, scope);
  const shown = `${state.seconds.text} == ${typeof value === 'string' ? value : shownJson(value)}`;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw runtimeError(`The SecondsPath parameter cannot be parsed as a long value: ${shown}`);
  }
  if (value < 0) throw runtimeError(`The SecondsPath parameter references a negative value: ${shown}`);
  if (value > mostSeconds)
    throw runtimeError(`The SecondsPath parameter references a value above ${mostSeconds}: ${shown}`);
  return value;
}

function moment(state: WaitState, scope: Scope): number {
  if (typeof state.timestamp === 'number' || state.timestamp === undefined) return state.timestamp ?? 0;
  if (state.timestamp.kind === 'jsonata') {
    const text = String(evaluateTyped(state.timestamp, scope, 'string'));
    const at = parseTimestamp(text);
    if (at !== undefined) return at;
    throw queryError(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
      'Timestamp',
    );
  }
  const value = valueAt(state.timestamp, scope);
  const found = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (found !== undefined) return found;
  throw runtimeError(
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ' +
      `${state.timestamp.text} == ${typeof value === 'string' ? value : shownJson(value)}`,
  );
}

/** Continues after the wait. */
export function endWait(execution: Execution, thread: Thread, state: WaitState): void {
  const input = applyPath(state.inputPath, scopeOf(execution, thread, thread.input));
  const scope = scopeOf(execution, thread, input);
  const variables = assigned(state.assign, scope);
  const output = shapedOutput(state.outputPath, state.output, scope);
  leave(execution, thread, { output, next: state.next, variables });
}
