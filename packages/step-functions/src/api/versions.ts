/** Operations on versions and aliases of state machines. */

import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { MachineRecord } from '../store/records.ts';
import type { AliasRecord, VersionRecord } from '../store/versions.ts';
import { checkMachineArn, checkQualifiedArn, machineOfQualified } from './arns.ts';
import { ApiError, quotaExceeded, validationError } from './errors.ts';
import { findActive } from './find.ts';
import { checkName, cutPage, type PagedRequest, pageOf, paging, read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';

/** AWS's quotas for one state machine. */
const mostVersions = 1000;
const mostAliases = 100;

const description = z.string().max(256).optional();
const routes = z
  .array(z.object({ stateMachineVersionArn: z.string(), weight: z.int().min(0).max(100) }))
  .min(1)
  .max(2);
const ofMachine = z.object({ stateMachineArn: z.string(), ...paging });
const ofAlias = z.object({ stateMachineAliasArn: z.string() });

export const versionOperations: Operations = {
  async PublishStateMachineVersion(parts, input) {
    const schema = z.object({ stateMachineArn: z.string(), revisionId: z.string().optional(), description });
    const request = read(schema, input);
    const machine = findActive(parts, request.stateMachineArn);
    if (request.revisionId !== undefined && machine.revisionId !== request.revisionId)
      throw conflict(
        `Failed to publish the State Machine version for revision ${request.revisionId}. ` +
          `The current State Machine revision is ${machine.revisionId}.`,
      );
    const version = publish(parts, machine, request.description);
    return { stateMachineVersionArn: version.arn, creationDate: version.creationDate / 1000 };
  },

  /** A machine that does not exist is InvalidArn: no other error in the model of this operation fits. */
  async ListStateMachineVersions(parts, input) {
    const request = read(ofMachine, input);
    const arn = checkMachineArn(request.stateMachineArn);
    if (!parts.machines.find(arn)) throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
    const { items, nextToken } = pageOfAll('ListStateMachineVersions', parts.versions.list(arn), request);
    return {
      stateMachineVersions: items.map((version) => ({
        stateMachineVersionArn: version.arn,
        creationDate: version.creationDate / 1000,
      })),
      nextToken,
    };
  },

  /** Deletes a version that no alias routes to. Deleting one that does not exist succeeds, as on AWS. */
  async DeleteStateMachineVersion(parts, input) {
    const request = read(z.object({ stateMachineVersionArn: z.string() }), input);
    const arn = checkQualifiedArn(request.stateMachineVersionArn);
    const users = parts.versions
      .listAliases(arn.replace(/:[^:]*$/, ''))
      .filter((alias) => routesTo(alias, arn));
    if (users.length > 0)
      throw conflict(
        'Version to be deleted must not be referenced by an alias. ' +
          `Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
      );
    parts.versions.remove(arn);
    return {};
  },

  async CreateStateMachineAlias(parts, input) {
    const request = read(z.object({ name: z.string(), description, routingConfiguration: routes }), input);
    const name = checkName(request.name);
    if (/^\d+$/.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
    const machineArn = machineOf(parts, request.routingConfiguration);
    const arn = `${machineArn}:${name}`;
    const existing = parts.versions.findAlias(arn);
    if (existing && !sameAlias(existing, request))
      throw conflict(
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    if (!existing && parts.versions.listAliases(machineArn).length >= mostAliases)
      throw quotaExceeded(`A state machine can have at most ${mostAliases} aliases`);
    const now = parts.engine.now();
    const alias = existing ?? {
      arn,
      name,
      description: request.description,
      routes: request.routingConfiguration,
      creationDate: now,
      updateDate: now,
    };
    if (!existing) parts.versions.putAlias(machineArn, alias);
    return { stateMachineAliasArn: arn, creationDate: alias.creationDate / 1000 };
  },

  async DescribeStateMachineAlias(parts, input) {
    const alias = findAlias(parts, read(ofAlias, input).stateMachineAliasArn);
    return {
      stateMachineAliasArn: alias.arn,
      name: alias.name,
      description: alias.description,
      routingConfiguration: alias.routes,
      creationDate: alias.creationDate / 1000,
      updateDate: alias.updateDate / 1000,
    };
  },

  async UpdateStateMachineAlias(parts, input) {
    const request = read(ofAlias.extend({ description, routingConfiguration: routes.optional() }), input);
    const alias = findAlias(parts, request.stateMachineAliasArn);
    const { routingConfiguration = alias.routes } = request;
    if ((request.description ?? request.routingConfiguration) === undefined)
      throw validationError('Either the description or the routing configuration must be specified');
    const machineArn = machineOf(parts, routingConfiguration);
    if (`${machineArn}:${alias.name}` !== alias.arn)
      throw validationError('An alias routes to versions of its state machine');
    const updateDate = parts.engine.now();
    parts.versions.putAlias(machineArn, {
      ...alias,
      description: request.description ?? alias.description,
      routes: routingConfiguration,
      updateDate,
    });
    return { updateDate: updateDate / 1000 };
  },

  /** Lists the aliases of a machine, or those that route to a version. */
  async ListStateMachineAliases(parts, input) {
    const request = read(ofMachine, input);
    const { stateMachineArn } = request;
    const version = machineOfQualified(stateMachineArn) === undefined ? undefined : stateMachineArn;
    const { arn } = findActive(parts, machineOfQualified(stateMachineArn) ?? stateMachineArn);
    if (version !== undefined && !parts.versions.find(version)) throw notFound(version);
    const aliases = parts.versions
      .listAliases(arn)
      .filter((alias) => version === undefined || routesTo(alias, version));
    const { items, nextToken } = pageOfAll('ListStateMachineAliases', aliases, request);
    return {
      stateMachineAliases: items.map((alias) => ({
        stateMachineAliasArn: alias.arn,
        creationDate: alias.creationDate / 1000,
      })),
      nextToken,
    };
  },

  /** Deleting an alias that does not exist succeeds, as on AWS. */
  async DeleteStateMachineAlias(parts, input) {
    parts.versions.removeAlias(checkQualifiedArn(read(ofAlias, input).stateMachineAliasArn));
    return {};
  },
};

/** Makes a version of a machine as it is; returns the last one if the machine has not changed since. */
export function publish(
  parts: ServiceParts,
  machine: MachineRecord,
  text: string | undefined,
): VersionRecord {
  const [last] = parts.versions.list(machine.arn);
  if (last?.revisionId === machine.revisionId) return last;
  if (parts.versions.list(machine.arn).length >= mostVersions)
    throw quotaExceeded(`A state machine can have at most ${mostVersions} versions`);
  const number = parts.versions.nextNumber(machine.arn);
  const { definition, roleArn, revisionId } = machine;
  const arn = `${machine.arn}:${number}`;
  const version = {
    arn,
    number,
    definition,
    roleArn,
    revisionId,
    description: text,
    creationDate: parts.engine.now(),
  };
  parts.versions.put(machine.arn, version);
  return version;
}

/** As on AWS, a request for an alias that exists succeeds if it asks for the same. */
function sameAlias(
  { description: before, routes: routesBefore }: AliasRecord,
  request: { description?: string | undefined; routingConfiguration: AliasRecord['routes'] },
): boolean {
  return before === request.description && isDeepStrictEqual(routesBefore, request.routingConfiguration);
}

/** Returns the machine of a routing configuration, whose weights add up to 100. */
function machineOf(parts: ServiceParts, routing: AliasRecord['routes']): string {
  const arns = routing.map(({ stateMachineVersionArn: arn }) => arn);
  const versions = new Set(arns);
  const refuse = (what: string) =>
    validationError(`Routing configuration must contain ${what} ARNs. Received: [${arns.join(', ')}]`);
  if (!arns.every((arn) => /:\d+$/.test(arn) && machineOfQualified(arn) !== undefined))
    throw refuse('state machine version');
  if (versions.size < routing.length) throw refuse('distinct state machine version');
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw validationError(
      `Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`,
    );
  const machines = new Set([...versions].map((arn) => arn.replace(/:\d+$/, '')));
  const [machine = ''] = machines;
  if (machines.size !== 1) throw validationError('An alias routes to versions of one state machine');
  for (const { stateMachineVersionArn: arn } of routing) {
    if (!parts.versions.find(arn)) throw notFound(arn);
  }
  return machine;
}

function findAlias(parts: ServiceParts, arn: string): AliasRecord {
  const alias = parts.versions.findAlias(checkQualifiedArn(arn));
  if (!alias) throw new ApiError('ResourceNotFound', 'Request references a resource that does not exist.');
  return alias;
}

function routesTo({ routes: all }: AliasRecord, version: string): boolean {
  return all.some((route) => route.stateMachineVersionArn === version);
}

function notFound(arn: string): ApiError {
  return new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
}

function pageOfAll<T>(
  operation: string,
  all: T[],
  request: PagedRequest,
): { items: T[]; nextToken?: string } {
  const page = pageOf(operation, request);
  return cutPage(all.slice(page.offset, page.offset + page.limit + 1), page);
}

/** The status is the one of AWS's model. */
function conflict(message: string): ApiError {
  return new ApiError('ConflictException', message, 409);
}
