/** Turns a state's result into its output and moves on to the next state. */

import type { MapState, ParallelState, PassState, TaskState } from '../definition/model.ts';
import { dataLimitBytes, StateFailed } from '../errors.ts';
import { applyPath } from '../expression.ts';
import { wholeDetails } from '../history.ts';
import { isObject, type Json, type JsonObject, mostLevels, writeJson } from '../json.ts';
import type { Path } from '../paths/path.ts';
import { type ReferencePath, setAt } from '../paths/reference.ts';
import type { Scope } from '../scope.ts';
import { fillTemplate, type Template } from '../template.ts';
import type { Execution } from './execution.ts';
import type { Thread } from './thread.ts';
import { scopeOf } from './thread-scope.ts';
import { mostVariables } from './variable-sizes.ts';

/**
 * Applies ResultSelector, Assign, ResultPath and OutputPath in this order: Assign sees the result of the work, not what
 * ResultSelector makes of it, since both take place at the same time (the guide's page of variables). OutputPath still sees the
 * old values of variables. In JSONata, Assign and Output both see the original input and result; `hasResult` is false for Pass,
 * which has no result.
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
  const variables = assigned(state.assign, scopeOf(execution, thread, result));
  const combined = putResult(state.resultPath, thread.input, selected);
  const output = applyPath(state.outputPath, scopeOf(execution, thread, combined));
  leave(execution, thread, { output, next: state.next, variables });
}

/** Applies OutputPath (JSONPath) or Output (JSONata); a state has at most one of them. */
export function shapedOutput(
  path: Path | null | undefined,
  template: Template | undefined,
  scope: Scope,
): Json {
  return template ? fillTemplate(template, scope) : applyPath(path, scope);
}

/** Applies ResultPath: `null` keeps only the input, undefined keeps only the result. */
export function putResult(path: ReferencePath | null | undefined, input: Json, result: Json): Json {
  if (path === null) return input;
  return path === undefined ? result : setAt(path, input, result);
}

/** Computes the values of an Assign field, which take effect when the state is left. */
export function assigned(template: Template | undefined, scope: Scope): JsonObject | undefined {
  const values = template && fillTemplate(template, scope);
  return isObject(values) ? values : undefined;
}

export interface Leaving {
  readonly output: Json;
  /** undefined at the end of the thread. */
  readonly next: string | undefined;
  readonly variables: JsonObject | undefined;
}

/** Leaves the state: sets the variables and continues or ends the thread. */
export function leave(execution: Execution, thread: Thread, { output, next, variables }: Leaving): void {
  const text = textOf(output, thread.state);
  checkSize(text, thread.state);
  const details: JsonObject = { name: thread.state, output: text, outputDetails: wholeDetails };
  const count = Object.keys(variables ?? {}).length;
  if (variables && count > 0) {
    if (count > mostVariables) throw tooManyVariables(thread.state);
    const texts = Object.entries(variables).map(
      ([name, value]) => [name, textOf(value, thread.state)] as const,
    );
    const sizes = new Map(texts.map(([name, written]) => [name, Buffer.byteLength(written)]));
    checkVariables(execution, thread, sizes);
    details.assignedVariables = Object.fromEntries(texts);
    details.assignedVariablesDetails = wholeDetails;
    execution.assign(thread, variables, sizes);
  }
  execution.emit(thread, `${execution.stateOf(thread).type}StateExited`, details);
  if (next !== undefined) execution.moveTo(thread, next, output);
  else if (thread.parent === null) {
    execution.end('SUCCEEDED', thread.lastEvent, { output: text });
  } else {
    execution.finish(thread, output);
  }
}

/** Throws States.DataLimitExceeded for variables of one Assign, or all of an execution, that are larger than the guide allows. */
function checkVariables(execution: Execution, thread: Thread, sizes: ReadonlyMap<string, number>): void {
  if ([...sizes.values()].reduce((sum, size) => sum + size, 0) > dataLimitBytes) throw tooLarge(thread.state);
  const exceeded = execution.variableSizes.exceeded(thread, sizes);
  if (exceeded === undefined) return;
  if (exceeded === 'count') throw tooManyVariables(thread.state);
  const cause = `The state '${thread.state}' assigned variables that make all variables of the execution larger than 10 MiB.`;
  throw new StateFailed('States.DataLimitExceeded', cause);
}

function tooManyVariables(state: string): StateFailed {
  const cause = `The state '${state}' assigned more than ${mostVariables} variables, which the local engine cannot keep.`;
  return new StateFailed('States.DataLimitExceeded', cause);
}

/** Returns a value as JSON. Throws States.Runtime for a value with too many levels; `source` is the state or resource. */
export function textOf(value: Json, source: string): string {
  // Measured before it is written: a template can put one large value into many fields.
  const written = writeJson(value, dataLimitBytes);
  if (written === 'long') throw tooLarge(source);
  if (written !== 'deep') return written.text;
  const cause = `The state/task '${source}' made a value with more than ${mostLevels} levels, which the local engine cannot keep.`;
  throw new StateFailed('States.Runtime', cause);
}

/** Throws States.DataLimitExceeded for a text that is too long. `source` is the state or the task's resource. */
export function checkSize(text: string, source: string): void {
  // A UTF-16 unit has at most three bytes, so short texts need no exact count.
  if (text.length * 3 <= dataLimitBytes || Buffer.byteLength(text) <= dataLimitBytes) return;
  throw tooLarge(source);
}

function tooLarge(source: string): StateFailed {
  return new StateFailed(
    'States.DataLimitExceeded',
    `The state/task '${source}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
