/** SQS, DynamoDB and EventBridge over AWS's JSON protocol: their members have the names that tasks use. */

import type { Target } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { withTextValues } from './attribute-values.ts';
import { booleanOf } from './booleans.ts';
import type { Exchange } from './http.ts';
import { callOperation, type ServiceTarget } from './json-protocol.ts';
import { ordered, sdkFailure, sdkMetadata, serviceFailure } from './sdk-response.ts';
import { type JsonService, protocols } from './targets.ts';

/** The execution that a task belongs to. */
export interface Origin {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** Gets the request of an HTTP task, and again with its response. */
  readonly observe?: (exchange: Exchange) => void;
}

/** Errors of DynamoDB that its model names for these actions; others have the name of the service. */
const itemErrors = new Set([
  ...['ConditionalCheckFailedException', 'IdempotentParameterMismatchException', 'InternalServerError'],
  ...['ItemCollectionSizeLimitExceededException', 'ProvisionedThroughputExceededException'],
  ...[
    'ReplicatedWriteConflictException',
    'RequestLimitExceeded',
    'ResourceNotFoundException',
    'ThrottlingException',
  ],
  ...['TransactionCanceledException', 'TransactionConflictException', 'TransactionInProgressException'],
]);

/** Calls an action for which `isJsonService` holds. */
export async function callJsonService(
  target: ServiceTarget,
  { client, action, integration }: Target,
  parameters: Json,
  origin: Origin,
): Promise<Outcome> {
  const [service, prefix, version] = protocols[client as JsonService];
  const operation = `${prefix}.${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  const given = isObject(parameters) ? parameters : {};
  const body =
    client === 'dynamodb'
      ? withTypes(integration ? withTextValues(given) : given)
      : requestOf(client, given, origin);
  const response = await callOperation(target, { service, operation, version }, body);
  if (response.status >= 300) {
    const modeled = client === 'dynamodb' ? (code: string) => itemErrors.has(code) : () => true;
    return integration
      ? serviceFailure(response, integration, modeled)
      : sdkFailure(response, 'DynamoDb', modeled);
  }
  const answer = parseJson(response.body);
  if (!integration) return { succeeded: true, output: answer };
  const output: JsonObject = isObject(answer) ? answer : {};
  // AWS fails the task although the call succeeded.
  if (client === 'eventbridge' && Number(output.FailedEntryCount) > 0)
    return { succeeded: false, error: 'EventBridge.FailedEntry', cause: JSON.stringify(output) };
  return { succeeded: true, output: ordered({ ...output, ...sdkMetadata(response) }) };
}

/** Returns the request as AWS's integration changes it: JSON becomes text, and events name the execution. */
function requestOf(client: string, parameters: JsonObject, origin: Origin): JsonObject {
  if (client === 'sqs') {
    const { MessageBody: body = null } = parameters;
    return body === null ? parameters : { ...parameters, MessageBody: textOf(body) };
  }
  if (client !== 'eventbridge' || !Array.isArray(parameters.Entries)) return parameters;
  const entries = parameters.Entries.map((entry) => {
    if (!isObject(entry)) return entry;
    const resources = Array.isArray(entry.Resources) ? entry.Resources : [];
    return {
      ...entry,
      ...((entry.Detail ?? null) === null ? {} : { Detail: textOf(entry.Detail) }),
      Resources: [...resources, origin.stateMachineArn, origin.executionArn],
    };
  });
  return { ...parameters, Entries: entries };
}

/** Attribute values of DynamoDB whose content is text, also that of a number. */
const textTypes = new Set(['S', 'N', 'SS', 'NS']);
const numbers = new Set(['Limit', 'Segment', 'TotalSegments']);
const booleans = new Set(['ConsistentRead', 'ScanIndexForward', 'BOOL', 'NULL']);

/** Returns parameters of DynamoDB with texts in place of numbers and booleans, or these in place of texts, as DynamoDB takes them. */
function withTypes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withTypes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      textTypes.has(name) ? asTexts(member) : typed(name, member),
    ]),
  );
}

function typed(name: string, value: Json): Json {
  if (typeof value !== 'string') return withTypes(value);
  if (booleans.has(name)) return booleanOf(value);
  return numbers.has(name) && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(asTexts);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : withTypes(value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
