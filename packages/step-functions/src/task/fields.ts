/** Fields of the integrations that are called without a client of the AWS SDK, which knows its own. */

import { runtimeError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';

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
  'dynamodb:getItem': [
    ...['TableName', 'Key', 'AttributesToGet', 'ConsistentRead', 'ProjectionExpression'],
    ...['ExpressionAttributeNames', 'ReturnConsumedCapacity'],
  ],
  'dynamodb:putItem': [...without(item, 'Key'), ...written],
  'dynamodb:deleteItem': [...without(item, 'Item'), ...written],
  'dynamodb:updateItem': [...without(item, 'Item'), ...written, 'UpdateExpression', 'AttributeUpdates'],
};

/** Throws States.Runtime for a field that the action lacks: AWS accepts the definition and does not start the task. */
export function checkFields(service: string, action: string, parameters: Json, from: string): void {
  const known = fields[`${service}:${action.replace(/\..*/, '')}`];
  if (!known || !isObject(parameters)) return;
  const unknown = Object.keys(parameters).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const problems = unknown.map((name) => `The field "${name}" is not supported by Step Functions`);
  throw runtimeError(
    `The ${from} '${JSON.stringify(parameters)}' could not be used to start the Task: [${problems.join(', ')}]`,
  );
}
