/** Fields of the integrations that the engine calls without a client of the AWS SDK, which knows its own. */

import { type EvaluationError, runtimeError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { isJsonata } from '../jsonata/expression.ts';
import { attributeFields, badAttribute, type Mistyped } from './attribute-values.ts';
import { booleanOf } from './booleans.ts';

const item = ['TableName', 'Key', 'Item', 'Expected', 'ConditionalOperator', 'ReturnValues'];
const written = [
  ...['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'],
  ...['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics', 'ReturnValuesOnConditionCheckFailure'],
];
const without = (all: readonly string[], ...names: string[]) => all.filter((name) => !names.includes(name));

/** From the API reference of the services, by service and action. */
const fields: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': [
    ...['FunctionName', 'Payload', 'InvocationType', 'ClientContext', 'LogType', 'Qualifier'],
    ...['DurableExecutionName', 'TenantId'],
  ],
  'sqs:sendMessage': [
    ...['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageAttributes', 'MessageSystemAttributes'],
    ...['MessageDeduplicationId', 'MessageGroupId'],
  ],
  'sns:publish': [
    ...[
      'Message',
      'TopicArn',
      'TargetArn',
      'PhoneNumber',
      'Subject',
      'MessageStructure',
      'MessageAttributes',
    ],
    ...['MessageDeduplicationId', 'MessageGroupId'],
  ],
  'events:putEvents': ['Entries', 'EndpointId'],
  // From the guide's pages of these integrations.
  'http:invoke': [
    ...['ApiEndpoint', 'Method', 'Authentication', 'InvocationConfig', 'Headers', 'QueryParameters'],
    ...['RequestBody', 'Transform'],
  ],
  'apigateway:invoke': [
    ...['ApiEndpoint', 'Method', 'AuthType', 'Headers', 'Stage', 'Path', 'QueryParameters', 'RequestBody'],
    'AllowNullValues',
  ],
  'eks:call': [
    ...[
      'ClusterName',
      'CertificateAuthority',
      'Endpoint',
      'Method',
      'Path',
      'QueryParameters',
      'RequestBody',
    ],
  ],
  'eks:runJob': ['ClusterName', 'CertificateAuthority', 'Endpoint', 'Namespace', 'LogOptions', 'Job'],
  'states:startExecution': ['StateMachineArn', 'Input', 'Name', 'TraceHeader'],
  'dynamodb:getItem': [
    ...['TableName', 'Key', 'AttributesToGet', 'ConsistentRead', 'ProjectionExpression'],
    ...['ExpressionAttributeNames', 'ReturnConsumedCapacity'],
  ],
  'dynamodb:putItem': [...without(item, 'Key'), ...written],
  'dynamodb:deleteItem': [...without(item, 'Item'), ...written],
  'dynamodb:updateItem': [...without(item, 'Item'), ...written, 'UpdateExpression', 'AttributeUpdates'],
};

const key = ['TableName', 'Key'];
const required: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['FunctionName'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'sns:publish': ['Message'],
  'events:putEvents': ['Entries'],
  'states:startExecution': ['StateMachineArn'],
  'dynamodb:getItem': key,
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:deleteItem': key,
  'dynamodb:updateItem': key,
  'http:invoke': ['ApiEndpoint', 'Method'],
  'apigateway:invoke': ['ApiEndpoint', 'Method'],
  'eks:call': ['ClusterName', 'CertificateAuthority', 'Endpoint', 'Method', 'Path'],
  'eks:runJob': ['ClusterName', 'CertificateAuthority', 'Endpoint', 'Job'],
};

/** Fields of these actions whose value is text. */
const texts = new Set([
  ...['TableName', 'ConditionExpression', 'ProjectionExpression', 'UpdateExpression', 'ReturnValues'],
  ...[
    'QueueUrl',
    'TopicArn',
    'TargetArn',
    'PhoneNumber',
    'Subject',
    'MessageGroupId',
    'MessageDeduplicationId',
  ],
  ...['FunctionName', 'Qualifier', 'InvocationType', 'StateMachineArn', 'Name', 'TraceHeader'],
]);

function* mistyped(
  parameters: JsonObject,
  unknown: readonly string[],
  optimised: boolean,
): Generator<Mistyped> {
  for (const [name, value] of Object.entries(parameters)) {
    if (unknown.includes(name)) continue;
    if (texts.has(name) && value !== null && typeof value !== 'string') yield [name, 'STRING'];
    if (!attributeFields.test(name) || value === null) continue;
    if (!isObject(value)) yield [name, 'MAP'];
    else
      for (const [field, attribute] of Object.entries(value))
        yield* badAttribute(field, attribute, optimised);
  }
}

/** Methods of requests, of which Kubernetes lacks the last, and headers that a task cannot set: from the guide's pages. */
const methods: readonly (Json | undefined)[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const headersOfAws: Readonly<Record<string, RegExp>> = {
  'apigateway:invoke':
    /^(?:x-forwarded.*|x-amz.*|authorization|connection|content-md5|expect|host|max-forwards|proxy-authenticate|server|te|transfer-encoding|trailer|upgrade|via|www-authenticate)$/i,
  'http:invoke':
    /^(?:x-forwarded-.*|x-amzn?-.*|a-im|accept-charset|accept-datetime|accept-encoding|authorization|cache-control|connection|content-encoding|content-md5|date|expect|forwarded|from|host|http2-settings|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|max-forwards|origin|pragma|proxy-authorization|referer|server|te|trailer|transfer-encoding|upgrade|via|warning)$/i,
};
const authTypes = new Set<Json>(['NO_AUTH', 'IAM_ROLE', 'RESOURCE_POLICY']);

function requestProblems(
  { Method: method, Headers: headers, QueryParameters: query, AuthType: auth = null }: JsonObject,
  { taken, options }: { taken: RegExp | undefined; options: boolean },
): string[] {
  const allowed = options ? methods : methods.slice(0, -1);
  const forbidden = Object.keys(isObject(headers) ? headers : {}).filter((name) => taken?.test(name));
  const notMaps = Object.entries({ Headers: headers ?? null, QueryParameters: query ?? null }).filter(
    ([, value]) => value !== null && !isObject(value),
  );
  return [
    ...(allowed.includes(method) ? [] : [`The field "Method" must be one of ${allowed.join(', ')}`]),
    ...(auth === null || authTypes.has(auth)
      ? []
      : [`The field "AuthType" must be one of ${[...authTypes].join(', ')}`]),
    ...notMaps.map(([name]) => mistypedField(name, 'MAP')),
    ...forbidden.map((name) => `The header "${name}" is not permitted`),
  ];
}

function nameOf(service: string, action: string): string {
  return `${service}:${action.replace(/\..*/, '')}`;
}

const unsupported = (field: string) => `The field "${field}" is not supported by Step Functions`;
const mistypedField = (field: string, type: string) => `The value for the field '${field}' must be a ${type}`;
const absent = (field: string) => `The field "${field}" is required but was missing`;

/**
 * Returns why AWS refuses a definition with these parameters: a field that the action lacks, or one that it needs and that is missing.
 * AWS accepts a field `name.$` that the action lacks (measured with `TaskToken.$` of `lambda:invoke`) and fails its task.
 */
export function templateProblems(service: string, action: string, template: JsonObject): string[] {
  const { [nameOf(service, action)]: known } = fields;
  const { [nameOf(service, action)]: needed = [] } = required;
  const given = Object.keys(template);
  const unknown = given.filter((field) => known && !field.endsWith('.$') && !known.includes(field));
  const missing = needed.filter((field) => !given.includes(field) && !given.includes(`${field}.$`));
  return [
    ...unknown.map(unsupported),
    ...missing.map(absent),
    ...(service === 'dynamodb' ? booleansOf(template) : [])
      .filter(
        (value) => typeof value === 'string' && !isJsonata(value) && typeof booleanOf(value) === 'string',
      )
      .map(() => mistypedField('BOOL', 'BOOLEAN')),
  ];
}

/** Returns the values in the places of DynamoDB's booleans. */
function booleansOf(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(booleansOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'BOOL' && !isObject(member) ? [member] : booleansOf(member),
  );
}

/**
 * Throws States.Runtime for a field that the action lacks or that it needs, or whose value has the wrong type: AWS accepts the
 * definition and does not start the task.
 */
export function checkFields(service: string, action: string, parameters: Json, from: string): void {
  if (!isObject(parameters)) return;
  const name = nameOf(service, action);
  const { [name]: known } = fields;
  const unknown = known ? Object.keys(parameters).filter((field) => !known.includes(field)) : [];
  const checksTypes = known !== undefined || service === 'aws-sdk:dynamodb';
  const missing = (required[name] ?? []).filter((field) => (parameters[field] ?? null) === null);
  const { [name]: taken } = headersOfAws;
  const isRequest = taken !== undefined || name === 'eks:call';
  const problems = [
    ...unknown.map(unsupported),
    ...missing.map(absent),
    ...[...(checksTypes ? mistyped(parameters, unknown, known !== undefined) : [])]
      // SDK integrations write other values as text.
      .filter(([, type]) => known || type === 'MAP')
      .map(([field, type]) => mistypedField(field, type)),
    ...(isRequest && missing.length === 0
      ? requestProblems(parameters, { taken, options: taken !== undefined })
      : []),
  ];
  if (problems.length > 0) throw unusable(parameters, problems, from);
}

/** Returns AWS's error for a task that does not start because of its parameters. */
export function unusable(parameters: Json, problems: readonly string[], from: string): EvaluationError {
  return runtimeError(
    `The ${from} '${JSON.stringify(parameters)}' could not be used to start the Task: [${problems.join(', ')}]`,
  );
}
