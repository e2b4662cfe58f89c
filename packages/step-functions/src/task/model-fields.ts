/** Checks the parameters of integrations that need a client of the AWS SDK: it has the model of the service. */

import type { Integration } from '../definition/integrations.ts';
import { type Resource, targetOf, unrecognized } from '../definition/resource.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';
import { emrAction } from './emr.ts';
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
  // Only this one takes the parameters of the action of the API.
  if (isWrapped && target.action !== 'createCluster') return [];
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
        if (!members.includes(nameOf(member)))
          problems.push(`The field "${nameOf(member)}" is not supported by Step Functions`);
  }
  return { problems, others };
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
