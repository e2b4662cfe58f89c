/** The steps of a state's data, as TestState shows them at the level DEBUG. */

import type { AloneRun } from '../alone.ts';
import type { State } from '../definition/model.ts';
import { Pending } from '../elsewhere.ts';
import { applyPath } from '../expression.ts';
import { detailsOf } from '../history.ts';
import { putResult } from '../interpreter/output.ts';
import { scopeOf } from '../interpreter/thread-scope.ts';
import { type Json, type JsonObject, jsonText } from '../json.ts';
import { fillTemplate } from '../template.ts';
import type { Tested } from './tested-state.ts';

/** Returns JSON texts by the names of the API. Steps that the state did not reach, or has not on AWS, are left out. */
export function inspect({ events, execution, thread }: AloneRun, { name, type }: Tested): JsonObject {
  const state = execution.machine.states.get(name);
  const entered = events.find(({ type }) => type.endsWith('StateEntered'));
  const input = String(detailsOf(entered).input ?? '{}');
  const scheduled = detailsOf(events.find(({ type }) => type.endsWith('Scheduled')));
  const succeeded = detailsOf(events.find(({ type }) => /^(Task|LambdaFunction)Succeeded$/.test(type)));
  const found: JsonObject = { input };
  const parameters = scheduled.parameters ?? scheduled.input;
  if (!state) return found;
  if (state.language === 'JSONata') {
    if (type === 'Map') return found;
    if (parameters !== undefined) found.afterArguments = parameters;
    if (succeeded.output !== undefined) found.result = succeeded.output;
    return found;
  }
  const raw = JSON.parse(input) as Json;
  const scope = (value: Json) => scopeOf(execution, thread, value);
  const steps: [string, (before: Json) => Json | undefined][] = [
    ['afterInputPath', (value) => applyPath(state.inputPath, scope(value))],
    [
      'afterParameters',
      (value) =>
        parameters === undefined
          ? parametersOf(state, value, scope)
          : (JSON.parse(String(parameters)) as Json),
    ],
    ['result', (value) => resultOf(state, succeeded.output, value)],
    [
      'afterResultSelector',
      (value) =>
        'resultSelector' in state && state.resultSelector
          ? fillTemplate(state.resultSelector, scope(value))
          : value,
    ],
    ['afterResultPath', (value) => ('resultPath' in state ? putResult(state.resultPath, raw, value) : value)],
  ];
  const shown = shownSteps(state, type);
  let value = raw;
  for (const [field, step] of steps) {
    try {
      const after = step(value);
      if (after === undefined) return found;
      if (shown.has(field)) found[field] = jsonText(after);
      value = after;
    } catch (error) {
      if (error instanceof Pending) throw error;
      // The state failed at this step, which its error describes.
      return found;
    }
  }
  return found;
}

/** Returns the steps that AWS shows of a state, whose type differs from the given one where a mock replaces it. */
function shownSteps(state: State, type: string): Set<string> {
  const ends = ['afterResultSelector', 'afterResultPath'];
  if (state.type === 'Pass')
    return new Set(
      state.result === undefined ? ['afterInputPath', 'afterParameters', ...ends] : ['result', ...ends],
    );
  if (type === 'Map') return new Set(['afterInputPath', ...ends]);
  const isTask = state.type === 'Task';
  return new Set(isTask ? ['afterInputPath', 'afterParameters', 'result', ...ends] : ['afterInputPath']);
}

function parametersOf(state: State, value: Json, scope: (value: Json) => ReturnType<typeof scopeOf>): Json {
  return 'parameters' in state && state.parameters ? fillTemplate(state.parameters, scope(value)) : value;
}

/** Returns the result of a task that succeeded, or of a Pass; undefined for states without one. */
function resultOf(state: State, output: Json | undefined, before: Json): Json | undefined {
  if (output !== undefined) return JSON.parse(String(output)) as Json;
  return state.type === 'Pass' ? (state.result ?? before) : undefined;
}
