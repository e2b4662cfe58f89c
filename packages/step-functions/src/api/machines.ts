/** Operations on state machines. */

import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { InvalidDefinition } from '../definition/problems.ts';
import { warningsOf } from '../definition/warnings.ts';
import { isObject, type Json } from '../json.ts';
import type { ExecutionRecord, MachineRecord, MachineSettings, MachineType } from '../store/records.ts';
import { acceptedText, referencesOf } from './accepted.ts';
import { checkExecutionArn, checkMachineArn, checkRoleArn, labelOf, machineArn } from './arns.ts';
import { encryption, refuseKey } from './encryption.ts';
import { ApiError, validationError } from './errors.ts';
import { findActive, findRunnable, refuseDeleting } from './find.ts';
import { checkName, cutPage, pageOf, paging, read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';
import { tagList, tagsOf } from './tags.ts';
import { publish } from './versions.ts';

const machineType = z.enum(['STANDARD', 'EXPRESS']);
const settings = {
  loggingConfiguration: z.record(z.string(), z.json()).optional(),
  tracingConfiguration: z.record(z.string(), z.json()).optional(),
  encryptionConfiguration: encryption.optional(),
};
const create = z.object({
  ...settings,
  name: z.string(),
  definition: z.string(),
  roleArn: z.string(),
  type: machineType.optional(),
  publish: z.boolean().optional(),
  versionDescription: z.string().max(256).optional(),
  tags: tagList.optional(),
});
const update = z.object({
  ...settings,
  stateMachineArn: z.string(),
  definition: z.string().optional(),
  roleArn: z.string().optional(),
  publish: z.boolean().optional(),
  versionDescription: z.string().max(256).optional(),
});
const byArn = z.object({ stateMachineArn: z.string(), includedData: z.string().optional() });

const validate = z.object({
  definition: z.string(),
  type: machineType.optional(),
  severity: z.enum(['ERROR', 'WARNING']).optional(),
  maxResults: z.int().optional(),
});
const byExecution = z.object({ executionArn: z.string(), includedData: z.string().optional() });

export const machineOperations: Operations = {
  async CreateStateMachine(parts, input) {
    const request = read(create, input);
    const name = checkName(request.name);
    checkRoleArn(request.roleArn);
    checkSettings(request);
    const type = request.type ?? 'STANDARD';
    const definition = await accepted(parts, request.definition, type);
    const arn = machineArn(parts.owner, name);
    const existing = parts.machines.find(arn);
    if (existing) refuseDeleting(existing);
    const given = settingsOf(request);
    // As on AWS, other roles and tags make no difference, and are not taken.
    if (
      existing &&
      (existing.definition !== definition ||
        existing.type !== type ||
        !isDeepStrictEqual(existing.settings, given))
    ) {
      throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const now = parts.engine.now();
    const machine = existing ?? {
      arn,
      name,
      type,
      definition,
      roleArn: request.roleArn,
      creationDate: now,
      updateDate: now,
      revisionId: initialRevision,
      tags: tagsOf(request.tags ?? []),
      settings: given,
    };
    if (!existing) parts.machines.put(machine);
    return {
      stateMachineArn: arn,
      creationDate: machine.creationDate / 1000,
      ...published(parts, machine, request),
    };
  },

  async UpdateStateMachine(parts, input) {
    const request = read(update, input);
    const changed = settingsOf(request);
    const changes = (request.definition ?? request.roleArn) !== undefined || Object.keys(changed).length > 0;
    if (!changes && !request.publish) {
      throw new ApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    const before = findActive(parts, request.stateMachineArn);
    const machine = { ...before };
    if (request.roleArn !== undefined) checkRoleArn(request.roleArn);
    checkSettings(request);
    if (request.definition !== undefined)
      machine.definition = await accepted(parts, request.definition, machine.type);
    machine.roleArn = request.roleArn ?? machine.roleArn;
    machine.settings = { ...machine.settings, ...changed };
    // As on AWS, only a change makes a revision.
    if (!isDeepStrictEqual(machine, before)) machine.revisionId = crypto.randomUUID();
    machine.updateDate = parts.engine.now();
    parts.machines.put(machine);
    return {
      updateDate: machine.updateDate / 1000,
      ...revisionOf(machine),
      ...published(parts, machine, request),
    };
  },

  async DescribeStateMachine(parts, input) {
    const { stateMachineArn, includedData } = read(byArn, input);
    const { machine, versionArn } = findRunnable(parts, stateMachineArn);
    const version = versionArn === undefined ? undefined : parts.versions.find(versionArn);
    return {
      ...(await described(machine)),
      stateMachineArn,
      status: machine.deleting ? 'DELETING' : 'ACTIVE',
      description: version?.description,
      creationDate: (version ?? machine).creationDate / 1000,
      ...(includedData === 'METADATA_ONLY' && { definition: '{}' }),
    };
  },

  async DescribeStateMachineForExecution(parts, input) {
    const { executionArn, includedData } = read(byExecution, input);
    const record = parts.executions.find(checkExecutionArn(executionArn));
    if (!record) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return {
      ...(await forExecution(record, parts.machines.find(record.machineArn))),
      ...(includedData === 'METADATA_ONLY' && { definition: '{}' }),
    };
  },

  async ListStateMachines(parts, input) {
    const page = pageOf('ListStateMachines', read(z.object(paging), input));
    const { items, nextToken } = cutPage(parts.machines.list(page.limit + 1, page.offset), page);
    const stateMachines = items.map(({ arn, name, type, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate: creationDate / 1000,
    }));
    return { stateMachines, nextToken };
  },

  /** Deletes the machine, with its versions and aliases at once. Deleting one that does not exist succeeds, as on AWS. */
  async DeleteStateMachine(parts, input) {
    const arn = checkMachineArn(read(byArn, input).stateMachineArn);
    const machine = parts.machines.find(arn);
    parts.versions.removeAll(arn);
    if (machine?.type === 'EXPRESS') parts.machines.remove(arn);
    else if (machine) {
      parts.machines.put({ ...machine, deleting: 1 });
      finishDeleting(parts, arn);
      await parts.engine.durable();
    }
    return {};
  },

  async ValidateStateMachineDefinition(parts, input) {
    const request = read(validate, input);
    const warnings = (text: string) =>
      request.severity === 'WARNING' ? diagnosticsOf('WARNING', warningsOf(text)) : [];
    try {
      const filled = await acceptedText(parts, request.definition, request.type);
      await parts.checkIntegrations(filled);
      return { result: 'OK', ...firstOf(warnings(filled), request.maxResults) };
    } catch (error) {
      if (!(error instanceof InvalidDefinition)) throw error;
      const { problems, more } = error;
      const isJson = !problems.some(({ code }) => code === 'INVALID_JSON_DESCRIPTION');
      const found = [...diagnosticsOf('ERROR', problems), ...(isJson ? warnings(request.definition) : [])];
      return { result: 'FAIL', ...firstOf(found, request.maxResults, more) };
    }
  },
};

/** Removes a machine that is being deleted once its executions have ended, each at its next transition. */
export function finishDeleting({ engine, machines }: ServiceParts, arn: string): void {
  engine.deleteMachine(arn, () => machines.remove(arn));
}

/** AWS's number of diagnostics in a response. */
const mostDiagnostics = 100;

function diagnosticsOf(
  severity: string,
  found: readonly { readonly code: string; readonly text: string; readonly place: string | null }[],
): object[] {
  return found.map(({ code, text, place }) => ({
    severity,
    code,
    message: text,
    ...(place === '' ? {} : { location: place }),
  }));
}

function firstOf(found: readonly object[], maxResults: number | undefined, more = 0): object {
  const diagnostics = found.slice(0, maxResults || mostDiagnostics);
  return { diagnostics, truncated: more > 0 || diagnostics.length < found.length };
}

/** Makes a version where the request asks for one. */
function published(
  parts: ServiceParts,
  machine: MachineRecord,
  request: { publish?: boolean | undefined; versionDescription?: string | undefined },
): object {
  if (!request.publish) return {};
  return { stateMachineVersionArn: publish(parts, machine, request.versionDescription).arn };
}

async function accepted(parts: ServiceParts, definition: string, type: MachineType): Promise<string> {
  try {
    const filled = await acceptedText(parts, definition, type);
    await parts.checkIntegrations(filled);
    return filled;
  } catch (error) {
    if (error instanceof InvalidDefinition) throw new ApiError('InvalidDefinition', error.message);
    throw error;
  }
}

/** Throws ValidationException, or that the configuration of logging, tracing or encryption is invalid. */
function checkSettings({
  publish: makesVersion,
  versionDescription,
  loggingConfiguration: { level = 'OFF', destinations } = {},
  tracingConfiguration,
  encryptionConfiguration,
}: MachineSettings & {
  readonly encryptionConfiguration?: z.infer<typeof encryption> | undefined;
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}): void {
  if (versionDescription !== undefined && !makesVersion)
    throw validationError('Version description can only be set when publish is true');
  if (tracingConfiguration && typeof tracingConfiguration.enabled !== 'boolean')
    throw new ApiError('InvalidTracingConfiguration', 'Invalid Tracing Configuration: enabled must be set');
  refuseKey(encryptionConfiguration);
  const problem = level === 'OFF' ? undefined : destinationProblem(destinations);
  if (problem !== undefined)
    throw new ApiError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${problem}`);
}

/** Returns what AWS says of the destinations of logs that it does not take. */
function destinationProblem(destinations: Json | undefined): string | undefined {
  const [destination, more] = Array.isArray(destinations) ? destinations : [];
  if (destination === undefined || more !== undefined) return 'Must specify exactly one Log Destination.';
  const group = isObject(destination) ? destination.cloudWatchLogsLogGroup : undefined;
  const arn = isObject(group) ? group.logGroupArn : undefined;
  if (typeof arn !== 'string') return 'Must set valid CloudWatch Log Group ARN.';
  if (!/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/.test(arn))
    return 'Provided ARN is not CloudWatch Logs Log Group ARN.';
  return arn.endsWith(':*') ? undefined : "Log Group ARN must be provided with '*' qualifier.";
}

/** Returns the settings that a request has. */
function settingsOf({ loggingConfiguration, tracingConfiguration }: MachineSettings): MachineSettings {
  return {
    ...(loggingConfiguration && { loggingConfiguration: { ...loggingOff, ...loggingConfiguration } }),
    ...(tracingConfiguration && { tracingConfiguration }),
  };
}

const loggingOff = { level: 'OFF', includeExecutionData: false };

/** As on AWS, what was not set is off, and data is encrypted with a key of AWS. */
const defaults = {
  loggingConfiguration: loggingOff,
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

/** The revision of a machine that was never updated, which AWS does not show. */
const initialRevision = 'INITIAL';

function revisionOf({ revisionId }: MachineRecord): { revisionId?: string } {
  return revisionId === initialRevision ? {} : { revisionId };
}

async function described(machine: MachineRecord) {
  const { arn, name, type, definition, roleArn, settings: set } = machine;
  return {
    stateMachineArn: arn,
    name,
    definition,
    roleArn,
    type,
    ...defaults,
    ...set,
    ...revisionOf(machine),
    ...(await references(definition)),
  };
}

/** As on AWS, the field is missing when no state reads a variable. */
async function references(definition: string): Promise<object> {
  const found = await referencesOf(definition);
  return Object.keys(found).length === 0 ? {} : { variableReferences: found };
}

/** The machine is undefined once it was deleted. */
async function forExecution(record: ExecutionRecord, machine: MachineRecord | undefined) {
  const isCurrent = machine?.definition === record.definition && machine.roleArn === record.roleArn;
  return {
    stateMachineArn: record.machineArn,
    name: record.machineName,
    definition: record.definition,
    roleArn: record.roleArn,
    ...defaults,
    ...machine?.settings,
    // A child of a distributed Map has its run, whose label follows the machine's name.
    ...(record.mapRun === undefined ? {} : { mapRunArn: record.mapRun, label: labelOf(record.mapRun) }),
    ...(isCurrent ? revisionOf(machine) : {}),
    updateDate: (isCurrent ? machine.updateDate : record.startDate) / 1000,
    ...(await references(record.definition)),
  };
}
