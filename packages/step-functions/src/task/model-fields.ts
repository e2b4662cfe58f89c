/** Checks the parameters of integrations that need a client of the AWS SDK: it has the model of the service. */

import type { Integration } from '../definition/integrations.ts';
import { type Resource, targetOf, unrecognized } from '../definition/resource.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';
import { type EmrFields, emrAction, emrFields } from './emr.ts';
import type { Given, SdkProblem } from './sdk/protocol.ts';
import type { SdkThread } from './sdk/thread.ts';

/** Returns why AWS refuses the parameters, or the action if there are none. Without the client it returns no problem. */
export async function modelProblems(
  resource: Resource,
  given: Given | undefined,
  sdk: SdkThread,
): Promise<SdkProblem[]> {
  const target = targetOf(resource);
  const { client, integration } = target;
  if (integration?.streams) return [];
  const isWrapped = emrAction(target) !== undefined;
  const wrapped = isWrapped && Object.hasOwn(emrFields, target.action) ? emrFields[target.action] : undefined;
  if (wrapped) return given ? wrappedProblems(wrapped, given, sdk) : [];
  const own = ownFields(integration?.ownFields, given);
  const found = await sdk.check({
    client,
    action: isWrapped ? 'runJobFlow' : target.action,
    naming: integration ? 'model' : 'java',
    parameters: given && { ...given, value: own.others },
    unknownAction: unrecognized(resource.arn),
  });
  if (!given) return found;
  const cluster = isWrapped && isObject(given.value) ? clusterProblems(given.value) : [];
  return [...found, ...[...own.problems, ...cluster].map((text) => ({ text, field: given.field }))];
}

const unsupported = (field: string) => `The field "${field}" is not supported by Step Functions`;
const absent = (field: string) => `The field "${field}" is required but was missing`;

/** Checks the fields of an action that is wrapped around one of the API, and the members of one of them by the API's model. */
async function wrappedProblems(
  { needed, others = [], inner }: EmrFields,
  given: Given,
  sdk: SdkThread,
): Promise<SdkProblem[]> {
  const { field, value, isTemplate } = given;
  if (!isObject(value)) return [];
  const nameOf = (name: string) => (isTemplate ? name.replace(/\.\$$/, '') : name);
  const names = Object.keys(value)
    .filter((name) => isTemplate || value[name] !== null)
    .map(nameOf);
  const part = inner && value[inner.field];
  const problems = [
    ...names.filter((name) => ![...needed, ...others].includes(name)).map(unsupported),
    ...needed.filter((name) => !names.includes(name)).map(absent),
    ...Object.keys(isObject(part) ? part : {})
      .map(nameOf)
      .filter((name) => name === inner?.found)
      .map(unsupported),
  ].map((text) => ({ text, field }));
  if (!inner || !isObject(part)) return problems;
  const parameters = { ...given, value: inner.parameters(part) };
  const { action } = inner;
  return [
    ...problems,
    ...(await sdk.check({ client: 'emr', action, naming: 'model', parameters, unknownAction: '' })),
  ];
}

/** Separates the fields that only the integration has from those of the service's action, and checks their members. */
function ownFields(
  own: Integration['ownFields'] = {},
  given: Given | undefined,
): { problems: string[]; others: Json } {
  const value = given?.value ?? null;
  if (!given || !isObject(value)) return { problems: [], others: value };
  const nameOf = (field: string) => (given.isTemplate ? field.replace(/\.\$$/, '') : field);
  const others: JsonObject = {};
  const problems: string[] = [];
  for (const [field, content] of Object.entries(value)) {
    const members = Object.hasOwn(own, nameOf(field)) ? own[nameOf(field)] : undefined;
    if (members === undefined) others[field] = content;
    else if (isObject(content))
      for (const member of Object.keys(content))
        if (!members.includes(nameOf(member))) problems.push(unsupported(nameOf(member)));
  }
  return { problems, others };
}

/** Returns what the guide's page of EMR asks of `createCluster`: no steps, and a cluster that stays when it has none. */
function clusterProblems({ Steps, Instances }: JsonObject): string[] {
  const problems = Steps === undefined ? [] : [unsupported('Steps')];
  const name = 'KeepJobFlowAliveWhenNoSteps';
  if (!isObject(Instances) || Object.hasOwn(Instances, `${name}.$`)) return problems;
  const keeps = Instances[name];
  if (keeps === undefined) return [...problems, absent(name)];
  const isExpression = typeof keeps === 'string' && isJsonata(keeps);
  return keeps === true || isExpression ? problems : [...problems, `The field "${name}" must be true`];
}
