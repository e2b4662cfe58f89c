/** Checks that the tasks of a definition can be called here: their actions and fields exist, and their services have an endpoint. */

import { setImmediate } from 'node:timers/promises';
import { InvalidDefinition, type Problem } from './definition/problems.ts';
import { parseResource, type Resource, targetOf } from './definition/resource.ts';
import { isObject, type Json, type JsonObject, parseJson } from './json.ts';
import { isNested } from './nested.ts';
import { emrAction } from './task/emr.ts';
import { type Endpoints, hasEndpoint, missingEndpoint } from './task/endpoints.ts';
import { templateProblems } from './task/fields.ts';
import { modelProblems } from './task/model-fields.ts';
import type { SdkThread } from './task/sdk/thread.ts';
import { hasModel } from './task/targets.ts';

const code = 'SCHEMA_VALIDATION_FAILED';
/** States that take some milliseconds. */
const statesPerTurn = 1000;

/** Throws InvalidDefinition. Takes the text of a definition that was parsed without problems. */
export async function checkIntegrations(text: string, endpoints: Endpoints, sdk: SdkThread): Promise<void> {
  const problems: Problem[] = [];
  let passed = 0;
  for (const { state, place } of statesIn(parseJson(text), '')) {
    passed += 1;
    if (passed % statesPerTurn === 0) await setImmediate();
    if (!(state.Type === 'Task' || state.Type === 'Map')) continue;
    const missing = missingFor(state, endpoints);
    if (missing) problems.push({ code, ...missing, place: `${place}${missing.place}` });
    for (const { text: problem, field } of await fieldProblems(state, sdk))
      problems.push({ code, text: problem, place: `${place}/${field}` });
  }
  if (problems.length > 0) throw new InvalidDefinition(problems).locatedIn(text);
}

function missingFor(state: JsonObject, endpoints: Endpoints): { text: string; place: string } | undefined {
  if (state.Type === 'Map') {
    const field = ['ItemReader', 'ResultWriter'].find((name) => state[name] !== undefined);
    if (field === undefined || hasEndpoint(endpoints, 's3')) return undefined;
    return { text: missingEndpoint('s3'), place: `/${field}` };
  }
  const resource = parseResource(String(state.Resource));
  if (state.Type !== 'Task' || typeof resource === 'string' || isLocal(resource)) return undefined;
  const { client } = targetOf(resource);
  return hasEndpoint(endpoints, client) ? undefined : { text: missingEndpoint(client), place: '/Resource' };
}

/** Returns the problems of a task's parameters. A function and an activity take any. */
async function fieldProblems(state: JsonObject, sdk: SdkThread): Promise<{ text: string; field: string }[]> {
  const resource = parseResource(String(state.Resource));
  if (state.Type !== 'Task' || typeof resource === 'string' || resource.service === 'activity') return [];
  const field = ['Parameters', 'Arguments'].find((name) => isObject(state[name]));
  const value = field === undefined ? undefined : state[field];
  if (hasModel(resource)) {
    const given = field === undefined || value === undefined ? undefined : { field, value, isTemplate: true };
    return await modelProblems(resource, given, sdk);
  }
  if (field === undefined || !isObject(value)) return [];
  return templateProblems(resource.service, resource.action, value).map((text) => ({ text, field }));
}

/**
 * Returns why a mocked result of a task does not conform to the model of its service's response. A task that waits for an execution has
 * the model of DescribeExecution, as was measured on AWS; what waits for another job or a token, is wrapped around an action, or calls
 * something else than a service has no model.
 */
export async function mockProblem(
  arn: string,
  result: Json,
  strict: boolean,
  sdk: SdkThread,
): Promise<string | undefined> {
  const resource = parseResource(arn);
  if (typeof resource === 'string' || resource.waitForTaskToken) return undefined;
  if (resource.sync && isNested(resource))
    return sdk.checkMock({ client: 'sfn', action: 'describeExecution', naming: 'java', result, strict });
  if (resource.sync) return undefined;
  if (['function', 'activity', 'http', 'apigateway'].includes(resource.service)) return undefined;
  const target = targetOf(resource);
  const { client, action, integration } = target;
  if (integration?.streams || emrAction(target) !== undefined) return undefined;
  const naming = integration ? 'model' : 'java';
  return sdk.checkMock({ client, action, naming, result, strict });
}

/** Returns whether a task needs this service only. */
function isLocal(resource: Resource): boolean {
  return resource.service === 'activity' || isNested(resource);
}

/** Yields the states of a machine at any depth with their places. */
function* statesIn(flow: Json | undefined, place: string): Generator<{ state: JsonObject; place: string }> {
  if (!isObject(flow) || !isObject(flow.States)) return;
  for (const [name, state] of Object.entries(flow.States)) {
    if (!isObject(state)) continue;
    const here = `${place}/States/${name}`;
    yield { state, place: here };
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const [index, branch] of branches.entries()) yield* statesIn(branch, `${here}/Branches[${index}]`);
    for (const field of ['ItemProcessor', 'Iterator']) yield* statesIn(state[field], `${here}/${field}`);
  }
}
