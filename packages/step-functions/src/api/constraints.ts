/**
 * Checks the members of a request against AWS's model of the API: lengths, ranges, patterns, values. AWS checks these before
 * anything else and reports all members that do not satisfy them together. From the model in botocore 1.43, `stepfunctions`.
 */

import { isObject, type Json } from '../json.ts';
import { validationError } from './errors.ts';

interface Constraint {
  readonly required?: true;
  /** AWS does not repeat the value in its message. */
  readonly sensitive?: true;
  /** Length of a text or a list, or value of a number. */
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Name of the structures of a list, which AWS shows with their members. */
  readonly structure?: string;
}

type Members = Readonly<Record<string, Constraint>>;

const required = (constraint: Constraint): Constraint => ({ ...constraint, required: true });
const sensitive = (constraint: Constraint): Constraint => ({ ...constraint, sensitive: true });
const size = (least: number, most: number): Constraint => ({ least, most });
const oneOf = (...values: string[]): Constraint => ({ values });

const arn = required(size(1, 256));
const longArn = required(size(1, 2000));
const name = size(1, 80);
const description = sensitive(size(0, 256));
const definition = sensitive(size(1, 1_048_576));
const data = sensitive(size(0, 262_144));
const error = sensitive(size(0, 256));
const cause = sensitive(size(0, 32_768));
const taskToken = required(size(1, 2048));
const machineType = oneOf('STANDARD', 'EXPRESS');
const includedData = oneOf('ALL_DATA', 'METADATA_ONLY');
const pages = { maxResults: size(0, 1000), nextToken: size(1, 1024) };
/** In AWS's notation, which its messages repeat. */
const aliasPattern = String.raw`^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$`;
const alias = required({ least: 1, most: 80, pattern: new RegExp(aliasPattern) });
const routes = { ...size(1, 2), structure: 'RoutingConfigurationListItem' };
const traceHeader: Constraint = { ...size(0, 256), pattern: /^\p{ASCII}*$/u };
const tags = { 'tags.member.key': required(size(1, 128)), 'tags.member.value': required(size(0, 256)) };
const encryption = {
  'encryptionConfiguration.kmsKeyId': size(1, 2048),
  'encryptionConfiguration.type': oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY'),
};
const logging = {
  'loggingConfiguration.level': oneOf('ALL', 'ERROR', 'FATAL', 'OFF'),
  'loggingConfiguration.destinations.member.cloudWatchLogsLogGroup.logGroupArn': size(1, 256),
};
const routing = {
  'routingConfiguration.member.stateMachineVersionArn': arn,
  'routingConfiguration.member.weight': required(size(0, 100)),
};

const constraints: Readonly<Record<string, Members>> = {
  CreateActivity: { name: required(name), ...tags, ...encryption },
  CreateStateMachine: {
    name: required(name),
    definition: required(definition),
    roleArn: arn,
    type: machineType,
    ...logging,
    ...tags,
    versionDescription: description,
    ...encryption,
  },
  CreateStateMachineAlias: {
    description,
    name: alias,
    routingConfiguration: required(routes),
    ...routing,
  },
  DeleteActivity: { activityArn: arn },
  DeleteStateMachine: { stateMachineArn: arn },
  DeleteStateMachineAlias: { stateMachineAliasArn: arn },
  DeleteStateMachineVersion: { stateMachineVersionArn: longArn },
  DescribeActivity: { activityArn: arn },
  DescribeExecution: { executionArn: arn, includedData },
  DescribeMapRun: { mapRunArn: longArn },
  DescribeStateMachine: { stateMachineArn: arn, includedData },
  DescribeStateMachineAlias: { stateMachineAliasArn: arn },
  DescribeStateMachineForExecution: { executionArn: arn, includedData },
  GetActivityTask: { activityArn: arn, workerName: name },
  GetExecutionHistory: { executionArn: arn, ...pages },
  ListActivities: pages,
  ListExecutions: {
    stateMachineArn: size(1, 256),
    statusFilter: oneOf('SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'),
    maxResults: pages.maxResults,
    nextToken: size(1, 3096),
    mapRunArn: size(1, 2000),
    redriveFilter: oneOf('REDRIVEN', 'NOT_REDRIVEN'),
  },
  ListMapRuns: { executionArn: arn, ...pages },
  ListStateMachineAliases: { stateMachineArn: arn, ...pages },
  ListStateMachineVersions: { stateMachineArn: arn, ...pages },
  ListStateMachines: pages,
  ListTagsForResource: { resourceArn: arn },
  PublishStateMachineVersion: { stateMachineArn: arn, description },
  RedriveExecution: { executionArn: arn, clientToken: { ...size(1, 64), pattern: /^[!-~]+$/ } },
  SendTaskFailure: { taskToken, error, cause },
  SendTaskHeartbeat: { taskToken },
  SendTaskSuccess: { taskToken, output: required(data) },
  StartExecution: { stateMachineArn: arn, name, input: data, traceHeader },
  StartSyncExecution: { stateMachineArn: arn, name, input: data, traceHeader, includedData },
  StopExecution: { executionArn: arn, error, cause },
  TagResource: { resourceArn: arn, tags: required({}), ...tags },
  TestState: {
    definition: required(definition),
    roleArn: size(1, 256),
    input: data,
    inspectionLevel: oneOf('INFO', 'DEBUG', 'TRACE'),
    variables: data,
    stateName: sensitive(name),
    'mock.result': data,
    'mock.errorOutput.error': error,
    'mock.errorOutput.cause': cause,
    'mock.fieldValidationMode': oneOf('STRICT', 'PRESENT', 'NONE'),
    context: data,
    'stateConfiguration.retrierRetryCount': { least: 0 },
    'stateConfiguration.errorCausedByState': sensitive(name),
    'stateConfiguration.mapIterationFailureCount': { least: 0 },
    'stateConfiguration.mapItemReaderData': data,
  },
  UntagResource: { resourceArn: arn, tagKeys: required({}), 'tagKeys.member': size(1, 128) },
  UpdateMapRun: {
    mapRunArn: longArn,
    maxConcurrency: { least: 0 },
    toleratedFailurePercentage: size(0, 100),
    toleratedFailureCount: { least: 0 },
  },
  UpdateStateMachine: {
    stateMachineArn: arn,
    definition,
    roleArn: size(1, 256),
    ...logging,
    versionDescription: description,
    ...encryption,
  },
  UpdateStateMachineAlias: {
    stateMachineAliasArn: arn,
    description,
    routingConfiguration: routes,
    ...routing,
  },
  ValidateStateMachineDefinition: {
    // As on AWS, an empty text is a definition that is not JSON.
    definition: required(sensitive(size(0, 1_048_576))),
    type: machineType,
    severity: oneOf('ERROR', 'WARNING'),
    maxResults: size(0, 100),
  },
};

/** Throws ValidationException, which lists all problems of the request. */
export function checkConstraints(operation: string, input: Json): void {
  const members = Object.entries(constraints[operation] ?? {});
  const problems = members.flatMap(([member, constraint]) =>
    valuesAt(input, member.split('.')).flatMap(([place, value]) => {
      const problem = problemOf(constraint, value);
      if (problem === undefined) return [];
      const shown =
        value === null ? ' null' : constraint.sensitive ? '' : ` '${shownValue(value, constraint)}'`;
      return [`Value${shown} at '${place}' failed to satisfy constraint: Member must ${problem}`];
    }),
  );
  if (problems.length === 0) return;
  const count = `${problems.length} validation ${problems.length > 1 ? 'errors' : 'error'} detected`;
  throw validationError(`${count}: ${problems.join('; ')}`);
}

function shownValue(value: Json, { structure = '' }: Constraint): string {
  const shown = (element: Json) =>
    isObject(element)
      ? `${structure}(${Object.entries(element)
          .map(([name, member]) => `${name}=${member}`)
          .join(', ')})`
      : String(element);
  return Array.isArray(value) ? `[${value.slice(0, mostElements).map(shown).join(', ')}]` : String(value);
}

/** Elements of a list that are checked and shown; a request can have more than any operation takes. */
const mostElements = 100;

/**
 * Returns the values of a member and their places, which number the elements of a list: `tags.1.member.key`. A member of a structure
 * that is missing has no value.
 */
function valuesAt(input: Json, [name = '', ...rest]: readonly string[], place = ''): [string, Json][] {
  if (name === 'member') {
    const elements = Array.isArray(input) ? input.slice(0, mostElements) : [];
    return elements.flatMap((element, index) => {
      const at = `${place}.${index + 1}.member`;
      return rest.length === 0 ? [[at, element]] : valuesAt(element, rest, at);
    });
  }
  const at = place === '' ? name : `${place}.${name}`;
  const value = isObject(input) ? (input[name] ?? null) : null;
  if (rest.length === 0) return [[at, value]];
  return value === null ? [] : valuesAt(value, rest, at);
}

/** Returns what a value must be, after "Member must". A value of another type is reported where it is read. */
function problemOf(
  { required: needed, least, most, pattern, values }: Constraint,
  value: Json,
): string | undefined {
  if (value === null) return needed ? 'not be null' : undefined;
  if (values && typeof value === 'string' && !values.includes(value))
    return `satisfy enum value set: [${values.join(', ')}]`;
  const isNumber = typeof value === 'number';
  const measured = isNumber
    ? value
    : typeof value === 'string' || Array.isArray(value)
      ? value.length
      : undefined;
  if (measured === undefined) return undefined;
  const what = isNumber ? 'value' : 'length';
  if (measured > (most ?? Number.POSITIVE_INFINITY)) return `have ${what} less than or equal to ${most}`;
  if (measured < (least ?? Number.NEGATIVE_INFINITY)) return `have ${what} greater than or equal to ${least}`;
  if (pattern && typeof value === 'string' && !pattern.test(value))
    return `satisfy regular expression pattern: ${pattern.source}`;
  return undefined;
}
