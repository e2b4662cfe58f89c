/** TestState: runs one state, whose service can be a mock. */

import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { runAlone } from '../alone.ts';
import type { State } from '../definition/model.ts';
import { loadDefinition } from '../definition/parse.ts';
import { fillPlaceholders } from '../definition/placeholders.ts';
import { InvalidDefinition } from '../definition/problems.ts';
import { settled } from '../elsewhere.ts';
import { EvaluationError, type Failure, matchesError } from '../errors.ts';
import { evaluate } from '../evaluator/evaluator.ts';
import { detailsOf, type HistoryEvent } from '../history.ts';
import type { Json, JsonObject } from '../json.ts';
import { retryDelay } from '../retry.ts';
import type { TaskCaller } from '../task/caller.ts';
import type { Exchange } from '../task/http.ts';
import { acceptedText } from './accepted.ts';
import { checkRoleArn } from './arns.ts';
import { ApiError, validationError } from './errors.ts';
import { dataOf, inspect } from './inspection.ts';
import {
  batchesOf,
  exceeds,
  inspectMap,
  itemsRead,
  type MapInspection,
  thresholdExceeded,
} from './map-inspection.ts';
import { read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';
import { givenContext } from './test-context.ts';
import { checkMock, jsonOf, memberOf, objectOf } from './test-request.ts';
import { findState, type Tested, testedState } from './tested-state.ts';

const outcome = z.object({
  result: z.string().optional(),
  errorOutput: z.object({ error: z.string().optional(), cause: z.string().optional() }).optional(),
  fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).optional(),
});
const request = z.object({
  definition: z.string(),
  roleArn: z.string().optional(),
  input: z.string().optional(),
  inspectionLevel: z.enum(['INFO', 'DEBUG', 'TRACE']).optional(),
  revealSecrets: z.boolean().optional(),
  variables: z.string().optional(),
  stateName: z.string().optional(),
  mock: outcome.optional(),
  context: z.string().optional(),
  stateConfiguration: z
    .object({
      retrierRetryCount: z.int().min(0).optional(),
      errorCausedByState: z.string().optional(),
      mapIterationFailureCount: z.int().min(0).optional(),
      mapItemReaderData: z.string().optional(),
    })
    .optional(),
});
type Request = z.infer<typeof request>;

export const testStateOperations: Operations = {
  async TestState(parts, members) {
    const asked = read(request, members);
    if (asked.roleArn !== undefined) checkRoleArn(asked.roleArn);
    const tested = testedState(
      jsonOf(asked.definition, 'InvalidDefinition', 'Invalid State Machine Definition'),
      asked.stateName,
      asked.mock !== undefined,
    );
    if (tested.type === 'Task' && !asked.mock && asked.roleArn === undefined)
      throw validationError('RoleArn must be specified when testing a Task state');
    checkConfiguration(tested, asked);
    // Each text of hundreds of kilobytes takes some milliseconds to read.
    await setImmediate();
    const context = givenContext(asked.context, tested);
    await setImmediate();
    const { result } = asked.mock ?? {};
    const mocked = result === undefined ? undefined : memberOf(result, 'mock.result');
    await checkMock(parts, tested, asked, mocked);
    await setImmediate();
    const inputText = asked.input ?? '{}';
    const input = jsonOf(inputText, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
    await setImmediate();
    const variables = objectOf(asked.variables, 'variables');
    await setImmediate();
    const definition = await accepted(parts, tested, asked.mock !== undefined);
    let exchange: Exchange | undefined;
    const observe = (seen: Exchange) => {
      exchange = seen;
    };
    const runWith = (mock: Request['mock']) =>
      runAlone(
        { ...parts.shared, caller: mock ? mockCaller(parts, mock, mocked) : observedCaller(parts, observe) },
        {
          definition,
          state: tested.name,
          inputText,
          input,
          variables,
          context,
          // A state of a Map gets its input as the first item (the guide's page of TestState).
          item: tested.inMap ? { index: 0, value: input } : undefined,
          roleArn: asked.roleArn,
          withoutWaiting: tested.type === 'Wait',
        },
      );
    await setImmediate();
    let run = await runWith(asked.mock);
    const content = asked.stateConfiguration?.mapItemReaderData;
    const items = content === undefined ? undefined : await itemsRead(tested, content);
    let map: MapInspection | undefined;
    try {
      if (tested.type === 'Map') map = await settled(() => inspectMap(run, tested, items), evaluate);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      run = await runWith({ errorOutput: { error: error.error, cause: error.message } });
    }
    const failures = asked.stateConfiguration?.mapIterationFailureCount;
    if (map && failures !== undefined && failures > map.items)
      throw validationError(`mapIterationFailureCount must not be more than the ${map.items} items`);
    if (map && failures !== undefined && exceeds(failures, map))
      run = await runWith({ errorOutput: thresholdExceeded });
    const outcome = outcomeOf(tested, run.events, asked);
    const { errorDetails, ...shown } = outcome;
    if ((asked.inspectionLevel ?? 'INFO') === 'INFO') return shown;
    const data = await dataOf(run, tested);
    const steps = await settled(() => inspect(run, tested, data), evaluate);
    await setImmediate();
    const left = { ...run.thread.variables };
    return {
      ...shown,
      inspectionData: {
        ...steps,
        ...(map ? { ...map.shown, ...(await batchesOf(map)) } : {}),
        ...(Object.keys(left).length === 0 ? {} : { variables: JSON.stringify(left) }),
        ...(errorDetails && { errorDetails }),
        ...(asked.inspectionLevel === 'TRACE' && exchange),
      },
    };
  },
};

/** Throws ValidationException for settings that the state cannot have. */
function checkConfiguration(
  { type, original, name }: Tested,
  { mock, context, stateConfiguration }: Request,
) {
  const { errorCausedByState: cause, mapIterationFailureCount: failures } = stateConfiguration ?? {};
  if (context !== undefined && !mock) throw validationError('A context can be given only with a mock');
  if (failures !== undefined && (type !== 'Map' || !mock))
    throw validationError('mapIterationFailureCount can be given only for a Map state with a mock');
  if (cause === undefined) return;
  if (!['Map', 'Parallel'].includes(type) || !mock?.errorOutput)
    throw validationError(
      'errorCausedByState can be given only for a Map or Parallel state with a mocked error',
    );
  if (cause === name || !findState(original, cause))
    throw validationError(`The state '${name}' has no state '${cause}'`);
}

/** Returns the text of the machine that runs, with its placeholders filled. Throws ApiError for a state that is not valid or cannot run. */
async function accepted(
  parts: ServiceParts,
  { original, machine }: Tested,
  mocked: boolean,
): Promise<string> {
  try {
    const text = await acceptedText(parts, JSON.stringify(original));
    if (!mocked) await parts.checkIntegrations(text);
    await setImmediate();
    const { placeholders } = parts;
    return placeholders ? fillPlaceholders(JSON.stringify(machine), placeholders) : JSON.stringify(machine);
  } catch (error) {
    if (error instanceof InvalidDefinition) throw new ApiError('InvalidDefinition', error.message);
    throw error;
  }
}

/** Returns the service's caller, and reports what an HTTP task sends and receives. */
function observedCaller(
  { shared: { caller } }: ServiceParts,
  observe: (exchange: Exchange) => void,
): TaskCaller {
  return {
    ...caller,
    call: (resource, parameters, origin) => caller.call(resource, parameters, { ...origin, observe }),
  };
}

function mockCaller(
  { shared }: ServiceParts,
  { errorOutput }: NonNullable<Request['mock']>,
  result: Json | undefined,
): TaskCaller {
  if (errorOutput && errorOutput.error === undefined)
    throw validationError('The field error is required in mock.errorOutput');
  const mocked = errorOutput
    ? ({
        succeeded: false,
        ...(errorOutput.error === undefined ? {} : { error: errorOutput.error }),
        ...(errorOutput.cause === undefined ? {} : { cause: errorOutput.cause }),
      } as const)
    : ({ succeeded: true, ends: true, output: result ?? null } as const);
  const call = async () => mocked;
  return { ...shared.caller, mocked: true, call, describe: call };
}

interface TestedOutcome {
  readonly status: string;
  readonly errorDetails?: JsonObject;
}

function outcomeOf(
  tested: Tested,
  events: readonly HistoryEvent[],
  { stateConfiguration }: Request,
): TestedOutcome {
  const exit = events.findIndex(({ type }) => type.endsWith('StateExited'));
  const before = exit < 0 ? events : events.slice(0, exit);
  const failure = before
    .map(detailsOf)
    .findLast((details) => details.error !== undefined || details.cause !== undefined);
  const left = exit < 0 ? {} : { output: detailsOf(events[exit]).output };
  const next = events.slice(exit + 1).find(({ type }) => type.endsWith('StateEntered'));
  const nextState = exit < 0 || !next ? {} : { nextState: detailsOf(next).name };
  const ended = events.some(({ type }) => type === 'ExecutionFailed' || type === 'ExecutionTimedOut');
  if (!failure && !ended) return { status: 'SUCCEEDED', ...left, ...nextState };
  const error = { error: failure?.error, cause: failure?.cause };
  const byTask = before.some(({ type }) => /^(Task|LambdaFunction|Activity)Failed$/.test(type));
  const failed = { error: String(failure?.error ?? ''), ...(byTask && { byTask }) };
  const retry = retryOf(tested, failed, stateConfiguration?.retrierRetryCount ?? 0);
  if (retry?.retryBackoffIntervalSeconds !== undefined)
    return { status: 'RETRIABLE', ...error, errorDetails: retry };
  if (exit < 0) return { status: 'FAILED', ...error, ...(retry && { errorDetails: retry }) };
  const catchIndex = catchersOf(rulesOf(tested)).findIndex(({ errorEquals }) =>
    matchesError(errorEquals, failed, false),
  );
  return { status: 'CAUGHT_ERROR', ...error, ...left, ...nextState, errorDetails: { ...retry, catchIndex } };
}

/** Returns the rule of Retry that the error matches, and its back-off after a number of retries if it allows another one. */
function retryOf(tested: Tested, failure: Failure, retried: number): JsonObject | undefined {
  const rules = retriersOf(rulesOf(tested));
  const index = rules.findIndex(({ errorEquals }) => matchesError(errorEquals, failure));
  const rule = rules[index];
  if (!rule) return undefined;
  if (retried >= rule.maxAttempts) return { retryIndex: index };
  return { retryIndex: index, retryBackoffIntervalSeconds: Math.round(retryDelay(rule, retried) / 1000) };
}

function rulesOf({ rules, name }: Tested): State | undefined {
  return loadDefinition(JSON.stringify(rules)).states.get(name);
}

function catchersOf(state: State | undefined) {
  return state && 'catch' in state ? state.catch : [];
}

function retriersOf(state: State | undefined) {
  return state && 'retry' in state ? state.retry : [];
}
