/** The steps of a state's data, as TestState shows them at the level DEBUG. */

import { setImmediate } from 'node:timers/promises';
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

/** What the events of a state have: its input, and of a task the parameters and the output, as texts and values. */
export interface StepData {
  readonly inputText: string;
  readonly parametersText: string | undefined;
  readonly outputText: string | undefined;
  readonly input: Json;
  readonly parameters: Json | undefined;
  readonly output: Json | undefined;
}

/** Reads each text in a turn: large ones take some milliseconds. */
export async function dataOf({ events, execution }: AloneRun, { name }: Tested): Promise<StepData> {
  const entered = detailsOf(events.find(({ type }) => type.endsWith('StateEntered')));
  const scheduled = detailsOf(events.find(({ type }) => type.endsWith('Scheduled')));
  const succeeded = detailsOf(events.find(({ type }) => /^(Task|LambdaFunction)Succeeded$/.test(type)));
  const textOf = (value: Json | undefined) => (value === undefined ? undefined : String(value));
  const isRead = execution.machine.states.get(name)?.language === 'JSONPath';
  const read = async (text: string | undefined) => {
    await setImmediate();
    return text === undefined || !isRead ? undefined : (JSON.parse(text) as Json);
  };
  const inputText = textOf(entered.input) ?? '{}';
  const parametersText = textOf(scheduled.parameters ?? scheduled.input);
  const outputText = textOf(succeeded.output);
  return {
    inputText,
    parametersText,
    outputText,
    input: (await read(inputText)) ?? null,
    parameters: await read(parametersText),
    output: await read(outputText),
  };
}

/** Returns JSON texts by the names of the API. Steps that the state did not reach, or has not on AWS, are left out. */
export function inspect(
  { execution, thread }: AloneRun,
  { name, type }: Tested,
  { inputText, parametersText, outputText, input: raw, parameters, output }: StepData,
): JsonObject {
  const state = execution.machine.states.get(name);
  const found: JsonObject = { input: inputText };
  if (!state) return found;
  if (state.language === 'JSONata') {
    if (type === 'Map') return found;
    if (parametersText !== undefined) found.afterArguments = parametersText;
    if (outputText !== undefined) found.result = outputText;
    return found;
  }
  const scope = (value: Json) => scopeOf(execution, thread, value);
  const steps: [string, (before: Json) => Json | undefined][] = [
    ['afterInputPath', (value) => applyPath(state.inputPath, scope(value))],
    [
      'afterParameters',
      (value) => (parameters === undefined ? parametersOf(state, value, scope) : parameters),
    ],
    ['result', (value) => resultOf(state, output, value)],
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
  if (output !== undefined) return output;
  return state.type === 'Pass' ? (state.result ?? before) : undefined;
}
