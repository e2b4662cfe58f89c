/** Parses the text of a definition into a state machine, or into a list of all its problems. */

import { isObject, type Json, parseJson } from '../json.ts';
import { inDefinition, isUsedUp } from '../work.ts';
import { Fields } from './fields.ts';
import { parseFlow } from './flow.ts';
import { checkLanguage } from './language.ts';
import type { State, StateMachine } from './model.ts';
import { InvalidDefinition, Problems } from './problems.ts';
import { flowsOf } from './search.ts';

/** AWS's limit for the text of a definition. */
const longestDefinitionBytes = 1_048_576;

/** Throws InvalidDefinition, which lists every problem with its state, field, line and column. */
export function parseDefinition(text: string): StateMachine {
  try {
    return inDefinition(() => parseText(text));
  } catch (error) {
    throw error instanceof InvalidDefinition ? error.locatedIn(text) : error;
  }
}

function parseText(text: string): StateMachine {
  const problems = new Problems();
  if (Buffer.byteLength(text) > longestDefinitionBytes)
    problems.report('The definition is larger than 1 MB', '');
  const source = readText(text);
  const language = isObject(source) && source.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const fields = new Fields(source, '', { problems, language });
  checkLanguage(fields);
  const version = fields.text('Version');
  if (version !== undefined && version !== '1.0') fields.report("Version must be '1.0'", 'Version');
  const timeoutSeconds = fields.number('TimeoutSeconds', 1);
  const flow = parseFlow(fields);
  // Each pattern after that counts as invalid, which it need not be.
  if (isUsedUp())
    throw new InvalidDefinition([
      {
        code: 'SCHEMA_VALIDATION_FAILED',
        text: 'The patterns of the definition are too long, or repeat too much, together for the local engine',
        place: '',
      },
    ]);
  fields.refuseOthers();
  reportDuplicates(flow.states, problems);
  problems.throwIfAny();
  return { ...flow, timeoutSeconds };
}

function readText(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidDefinition([{ code: 'INVALID_JSON_DESCRIPTION', text: reason, place: '' }]);
  }
}

/** Reports state names that are not unique in the machine, including branches and item processors. */
function reportDuplicates(
  states: ReadonlyMap<string, State>,
  problems: Problems,
  seen = new Set<string>(),
): void {
  for (const state of states.values()) {
    if (seen.has(state.name))
      problems.report(`Duplicate state name: ${state.name}`, `/States/${state.name}`, 'DUPLICATE_STATE_NAME');
    seen.add(state.name);
    for (const flow of flowsOf(state)) reportDuplicates(flow.states, problems, seen);
  }
}
