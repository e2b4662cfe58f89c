/** From a state's result to its output, and on to the next state. */

import type { MapState, ParallelState, PassState, TaskState } from '../definition/model.ts';
import { DATA_LIMIT_BYTES, StateFailed } from '../errors.ts';
import { applyPath } from '../expression.ts';
import { WHOLE } from '../history.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Path } from '../paths/path.ts';
import { type ReferencePath, setAt } from '../paths/reference.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate, type Template } from '../template.ts';
import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';

/**
 * ResultSelector, Assign, ResultPath, OutputPath, in this order: variables are made from the result before it is put
 * into the input, and OutputPath still sees the variables of before. In JSONata Assign and Output, which both see input
 * and result as they came; `hasResult` is false for Pass, which has none.
 */
export function complete(
  execution: Execution,
  thread: Thread,
  state: PassState | TaskState | ParallelState | MapState,
  result: Json,
  hasResult = true,
): void {
  if (state.language === 'JSONata') {
    const scope = scopeOf(execution, thread, thread.input, hasResult ? { result } : {});
    const made = assigned(state.assign, scope);
    const shaped = state.output ? fillTemplate(state.output, scope) : result;
    leave(execution, thread, { output: shaped, next: state.next, variables: made });
    return;
  }
  const selected = state.resultSelector
    ? fillTemplate(state.resultSelector, scopeOf(execution, thread, result))
    : result;
  const variables = assigned(state.assign, scopeOf(execution, thread, selected));
  const combined = putResult(state.resultPath, thread.input, selected);
  const output = applyPath(state.outputPath, scopeOf(execution, thread, combined));
  leave(execution, thread, { output, next: state.next, variables });
}

/** OutputPath of a JSONPath state, or Output of a JSONata state: only one of them can be there. */
export function shapedOutput(
  path: Path | null | undefined,
  template: Template | undefined,
  scope: Scope,
): Json {
  return template ? fillTemplate(template, scope) : applyPath(path, scope);
}

/** ResultPath: `null` keeps the input alone, no path at all the result alone. */
export function putResult(path: ReferencePath | null | undefined, input: Json, result: Json): Json {
  if (path === null) return input;
  return path === undefined ? result : setAt(path, input, result);
}

/** Values of an Assign field, which take effect when the state is left. */
export function assigned(template: Template | undefined, scope: Scope): JsonObject | undefined {
  const values = template && fillTemplate(template, scope);
  return isObject(values) ? values : undefined;
}

export interface Leaving {
  readonly output: Json;
  /** undefined: the end of the thread. */
  readonly next: string | undefined;
  readonly variables: JsonObject | undefined;
}

/** Leaves the state: variables take effect, and the thread goes on or is done. */
export function leave(execution: Execution, thread: Thread, { output, next, variables }: Leaving): void {
  const text = JSON.stringify(output);
  checkSize(text, thread.state);
  const details: JsonObject = { name: thread.state, output: text, outputDetails: WHOLE };
  if (variables && Object.keys(variables).length > 0) {
    thread.variables = { ...thread.variables, ...variables };
    details.assignedVariables = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]),
    );
    details.assignedVariablesDetails = WHOLE;
  }
  execution.emit(thread, `${execution.stateOf(thread).type}StateExited`, details);
  if (next !== undefined) {
    thread.state = next;
    thread.input = output;
    execution.setPhase(thread, { type: 'enter' });
    execution.host.enqueue(execution, thread);
  } else if (thread.parent === null) {
    execution.end('SUCCEEDED', thread.lastEvent, { output: text });
  } else {
    execution.setPhase(thread, { type: 'done', output });
    execution.host.childEnded(execution, thread);
  }
}

/** Throws States.DataLimitExceeded for a text that is too long. `source`: the state or the task's resource. */
export function checkSize(text: string, source: string): void {
  // One UTF-16 unit is at most three bytes, so that short texts need no count.
  if (text.length * 3 <= DATA_LIMIT_BYTES || Buffer.byteLength(text) <= DATA_LIMIT_BYTES) return;
  throw new StateFailed(
    'States.DataLimitExceeded',
    `The state/task '${source}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
