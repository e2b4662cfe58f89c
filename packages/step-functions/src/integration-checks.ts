/** Checks that the tasks of a definition can be called here: their actions and fields exist, and their services have an endpoint. */

import { setImmediate } from 'node:timers/promises';
import { InvalidDefinition, type Problem } from './definition/problems.ts';
import { parseResource, type Resource, targetOf, unrecognized } from './definition/resource.ts';
import { isObject, type Json, type JsonObject, parseJson } from './json.ts';
import { isJsonata } from './jsonata/expression.ts';
import { isNested } from './nested.ts';
import { isBuiltIn } from './task/caller.ts';
import { emrAction } from './task/emr.ts';
import { type Endpoints, hasEndpoint, missingEndpoint } from './task/endpoints.ts';
import { templateProblems } from './task/fields.ts';
import type { SdkThread } from './task/sdk/thread.ts';

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
  if (resource.service !== 'states' && !isBuiltIn(resource)) return await sdkProblems(state, resource, sdk);
  const field = ['Parameters', 'Arguments'].find((name) => isObject(state[name]));
  const given = field === undefined ? undefined : state[field];
  if (field === undefined || !isObject(given)) return [];
  return templateProblems(resource.service, resource.action, given).map((text) => ({ text, field }));
}

async function sdkProblems(
  state: JsonObject,
  resource: Resource,
  sdk: SdkThread,
): Promise<{ text: string; field: string }[]> {
  const target = targetOf(resource);
  const { client, integration } = target;
  if (integration?.streams) return [];
  const isWrapped = emrAction(target) !== undefined;
  // Only this one takes the parameters of the action of the API.
  if (isWrapped && target.action !== 'createCluster') return [];
  const action = isWrapped ? 'runJobFlow' : target.action;
  const field = ['Parameters', 'Arguments'].find((name) => isObject(state[name]));
  const given = field === undefined ? undefined : state[field];
  const own = new Set(integration?.ownFields);
  const parameters = isObject(given)
    ? {
        field: field ?? '',
        value: Object.fromEntries(Object.entries(given).filter(([name]) => !own.has(name))),
      }
    : undefined;
  const naming = integration ? 'model' : 'java';
  const unknownAction = unrecognized(resource.arn);
  const found = await sdk.check({ client, action, naming, parameters, unknownAction });
  if (!isWrapped || !isObject(given) || field === undefined) return found;
  return [...found, ...clusterProblems(given).map((text) => ({ text, field }))];
}

/** Returns what the guide's page of EMR asks of `createCluster`: no steps, and a cluster that stays when it has none. */
function clusterProblems({ Steps, Instances }: JsonObject): string[] {
  const problems = Steps === undefined ? [] : ['The field "Steps" is not supported by Step Functions'];
  const name = 'KeepJobFlowAliveWhenNoSteps';
  if (!isObject(Instances) || Object.hasOwn(Instances, `${name}.$`)) return problems;
  const keeps = Instances[name];
  if (keeps === undefined) return [...problems, `The field "${name}" is required but was missing`];
  const isExpression = typeof keeps === 'string' && isJsonata(keeps);
  return keeps === true || isExpression ? problems : [...problems, `The field "${name}" must be true`];
}

/**
 * Returns why a mocked result of a task does not conform to the model of its service's response. What waits for a job or a token, is
 * wrapped around an action, or calls something else than a service has no model.
 */
export async function mockProblem(
  arn: string,
  result: Json,
  strict: boolean,
  sdk: SdkThread,
): Promise<string | undefined> {
  const resource = parseResource(arn);
  if (typeof resource === 'string' || resource.sync || resource.waitForTaskToken) return undefined;
  if (['function', 'activity', 'http', 'apigateway'].includes(resource.service)) return undefined;
  const target = targetOf(resource);
  const { client, action, integration } = target;
  if (integration?.streams || emrAction(target) !== undefined) return undefined;
  const naming = integration ? 'model' : 'java';
  return sdk.checkMock({ client, action, naming, result, strict });
}

/** Whether a task needs this service only. */
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
