/** Parses the text of a definition into a state machine, or into a list of all its problems. */

import { isObject, type Json, parseJson, repeatsName } from '../json.ts';
import { isChecking, refuseUsedUp, unchecked } from '../work.ts';
import { Fields } from './fields.ts';
import { parseFlow } from './flow.ts';
import { type JsonFault, jsonFault } from './json-fault.ts';
import { checkLanguage, languageOf } from './language.ts';
import type { Flow, StateMachine, States } from './model.ts';
import { InvalidDefinition, Problems } from './problems.ts';
import { allStates, flowsOf } from './search.ts';

/** AWS's limit for the text of a definition. */
const longestDefinitionBytes = 1_048_576;

/** Throws InvalidDefinition, which lists every problem with its state, field, line and column. */
export function parseDefinition(text: string): StateMachine {
  refuseLong(text);
  try {
    return checkedMachine(text);
  } catch (error) {
    throw error instanceof InvalidDefinition ? error.locatedIn(text) : error;
  }
}

/** Throws InvalidDefinition for a text that is longer than AWS accepts. */
export function refuseLong(text: string): void {
  if (Buffer.byteLength(text) > longestDefinitionBytes)
    throw new InvalidDefinition([{ code, text: 'The definition is larger than 1 MB', place: '' }]);
}

/** Reads a definition that was accepted. States are read when they are needed. Throws InvalidDefinition for other text. */
export function loadDefinition(text: string): StateMachine {
  return unchecked(() => {
    const { fields } = read(text);
    return { timeoutSeconds: timeoutOf(fields), ...parseFlow(fields) };
  });
}

/** AWS accepts 0; that it sets no timeout is an assumption. */
function timeoutOf(fields: Fields): number | undefined {
  return fields.number('TimeoutSeconds', 0) || undefined;
}

const code = 'SCHEMA_VALIDATION_FAILED';

function read(text: string) {
  const problems = new Problems();
  const source = readText(text);
  const language = (isObject(source) ? languageOf(source.QueryLanguage) : undefined) ?? 'JSONPath';
  return { problems, fields: new Fields(source, '', { problems, language }) };
}

function checkedMachine(text: string): StateMachine {
  const { problems, fields } = read(text);
  checkLanguage(fields);
  fields.oneOf('Version', ['1.0']);
  const timeoutSeconds = timeoutOf(fields);
  const flow = parseFlow(fields);
  // Each expression after that counts as invalid, which it need not be.
  refuseUsedUp(
    () =>
      new InvalidDefinition([
        {
          code,
          text: 'The expressions of the definition are too long, or their patterns repeat too much, together for the local engine',
          place: '',
        },
      ]),
  );
  fields.refuseOthers();
  reportDuplicates(flow.states, problems);
  reportDuplicateLabels(flow, problems);
  problems.throwIfAny();
  return { ...flow, timeoutSeconds };
}

/** AWS also refuses an object with two members of one name. */
function readText(text: string): Json {
  try {
    const value = parseJson(text);
    if (!isChecking() || !repeatsName(text, value)) return value;
  } catch (error) {
    if (text === '')
      throw new InvalidDefinition([{ code, text: 'Definition must be a valid JSON object', place: '' }]);
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidJson(error instanceof SyntaxError ? jsonFault(text) : undefined, reason);
  }
  throw invalidJson(jsonFault(text), 'An object has two members of one name');
}

function invalidJson(fault: JsonFault | undefined, reason: string): InvalidDefinition {
  const invalid = 'INVALID_JSON_DESCRIPTION';
  return new InvalidDefinition([
    fault
      ? { code: invalid, text: `${fault.message}\n at ${fault.place}`, place: fault.place }
      : { code: invalid, text: reason, place: '' },
  ]);
}

/** Reports labels of distributed Maps that are not unique in the machine (the guide's page of the distributed Map). */
function reportDuplicateLabels(flow: Flow, problems: Problems): void {
  const seen = new Set<string>();
  for (const state of allStates(flow)) {
    const label = state.type === 'Map' ? state.distributed?.label : undefined;
    if (label === undefined) continue;
    if (seen.has(label))
      problems.report(
        `Duplicate Label name: ${label}`,
        `/States/${state.name}/Label`,
        'DUPLICATE_LABEL_NAME',
      );
    seen.add(label);
  }
}

/** Reports state names that are not unique in the machine, including branches and item processors. */
function reportDuplicates(states: States, problems: Problems, seen = new Set<string>()): void {
  for (const state of states.values()) {
    if (seen.has(state.name))
      problems.report(`Duplicate State name: ${state.name}`, `/States/${state.name}`, 'DUPLICATE_STATE_NAME');
    seen.add(state.name);
    for (const flow of flowsOf(state)) reportDuplicates(flow.states, problems, seen);
  }
}
