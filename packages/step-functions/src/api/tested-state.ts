/** Finds the state that TestState runs, and makes the machine that runs it alone. */

import { isObject, type Json, type JsonObject } from '../json.ts';
import { ApiError, validationError } from './errors.ts';

export interface Tested {
  readonly name: string;
  readonly type: string;
  /** A machine that starts with the state and ends after it. */
  readonly original: JsonObject;
  /** The machine that runs: without Retry, and with a Task where a mock replaces a Map or Parallel. */
  readonly machine: JsonObject;
  /** A machine whose state has the rules of Retry and Catch only. */
  readonly rules: JsonObject;
  /** True for a Task that waits for a job or a token. */
  readonly waits: boolean;
  /** True for a state of the item processor of a Map. */
  readonly inMap: boolean;
}

/** AWS's limit for the run of a state, which then fails with States.Timeout (the API reference of TestState). */
const longestSeconds = 300;

const mocked = 'arn:aws:lambda:us-east-1:123456789012:function:mocked';

const waiting = /\.(sync(:2)?|waitForTaskToken)$/;

/** Takes the definition of a state, or of a machine with the name of one of its states. Throws ValidationException. */
export function testedState(definition: Json, stateName: string | undefined, hasMock: boolean): Tested {
  if (!isObject(definition)) throw validationError('The value of definition must be an object');
  const found = stateName === undefined ? definition : findState(definition, stateName);
  if (!found) throw validationError('State not found in definition');
  const name = stateName ?? 'StateName';
  const type = String(found.Type);
  const state = hasMock ? withMock(found, type) : found;
  if (!hasMock) refuseUnmocked(state, type);
  const language = definition.QueryLanguage;
  const { Retry: _, ...once } = state;
  const machineOf = (tested: JsonObject): JsonObject => ({
    ...(stateName !== undefined && typeof language === 'string' ? { QueryLanguage: language } : {}),
    // A Wait ends at once, as does everything that waits for a time in its run.
    ...(type === 'Wait' ? {} : { TimeoutSeconds: longestSeconds }),
    StartAt: name,
    States: {
      ...Object.fromEntries(targets(state).map((target) => [target, { Type: 'Succeed' }])),
      [name]: tested,
    },
  });
  return {
    name,
    type,
    original: machineOf(found),
    machine: machineOf(once),
    rules: machineOf(rulesOf(state)),
    waits: type === 'Task' && waiting.test(String(found.Resource)),
    inMap: stateName !== undefined && isInMap(definition, stateName),
  };
}

function refuseUnmocked({ Resource }: JsonObject, type: string): void {
  if (type === 'Map' || type === 'Parallel')
    throw new ApiError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  if (waiting.test(String(Resource)) || String(Resource).includes(':activity:'))
    throw validationError(`TestState calls ${Resource} only with a mock`);
}

/** Returns a Task in place of a Map or Parallel, so that the mock gives the result of the whole state. */
function withMock(state: JsonObject, type: string): JsonObject {
  if (type === 'Task') return state;
  if (type !== 'Map' && type !== 'Parallel')
    throw validationError(`State type '${type}' is not supported when a mock is specified`);
  const kept = new Set([
    ...[
      'Comment',
      'QueryLanguage',
      'InputPath',
      'ResultSelector',
      'ResultPath',
      'OutputPath',
      'Output',
      'Assign',
    ],
    ...['Retry', 'Catch', 'Next', 'End', ...(type === 'Parallel' ? ['Parameters', 'Arguments'] : [])],
  ]);
  return {
    ...Object.fromEntries(Object.entries(state).filter(([field]) => kept.has(field))),
    Type: 'Task',
    Resource: mocked,
  };
}

function rulesOf({ QueryLanguage, Retry, Catch }: JsonObject): JsonObject {
  return {
    Type: 'Task',
    Resource: mocked,
    ...(QueryLanguage !== undefined && { QueryLanguage }),
    ...(Retry !== undefined && { Retry }),
    ...(Catch !== undefined && { Catch }),
    End: true,
  };
}

/** Returns the states that a state can lead to. */
function targets(state: JsonObject): string[] {
  const rules = [state, ...[state.Choices, state.Catch].flatMap((list) => (Array.isArray(list) ? list : []))];
  const names = rules.flatMap((rule) => (isObject(rule) ? [rule.Next, rule.Default] : []));
  return names.filter((name): name is string => typeof name === 'string');
}

function isInMap(flow: Json | undefined, name: string): boolean {
  if (!isObject(flow) || !isObject(flow.States)) return false;
  return Object.values(flow.States).some((state) => {
    if (!isObject(state)) return false;
    const processors = [state.ItemProcessor, state.Iterator];
    if (processors.some((inner) => findState(inner, name) !== undefined)) return true;
    return Array.isArray(state.Branches) && state.Branches.some((branch) => isInMap(branch, name));
  });
}

/** Finds a state at any depth of a machine. */
export function findState(flow: Json | undefined, name: string): JsonObject | undefined {
  if (!isObject(flow) || !isObject(flow.States)) return undefined;
  const here = Object.hasOwn(flow.States, name) ? flow.States[name] : undefined;
  if (isObject(here)) return here;
  for (const state of Object.values(flow.States)) {
    if (!isObject(state)) continue;
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const inner of [...branches, state.ItemProcessor, state.Iterator]) {
      const found = findState(inner, name);
      if (found) return found;
    }
  }
  return undefined;
}
