/** Calls a target: over AWS's JSON protocol, as a request of HTTP, or with a client of the AWS SDK. */

import { type Resource, type Target, targetOf } from '../definition/resource.ts';

/** Service in the credential scope, prefix of `X-Amz-Target` and version of the protocol, by the client's name. */
export const protocols = {
  sqs: ['sqs', 'AmazonSQS', '1.0'],
  dynamodb: ['dynamodb', 'DynamoDB_20120810', '1.0'],
  eventbridge: ['events', 'AWSEvents', '1.1'],
} as const;

export type JsonService = keyof typeof protocols;

/** Actions on items that `aws-sdk:dynamodb` calls without the AWS SDK. */
const itemActions = new Set([
  ...['getItem', 'putItem', 'updateItem', 'deleteItem', 'query', 'scan'],
  ...['batchGetItem', 'batchWriteItem', 'transactGetItems', 'transactWriteItems'],
]);

export function isJsonService({ client, action, integration }: Target): boolean {
  if (!Object.hasOwn(protocols, client)) return false;
  return integration !== undefined || (client === 'dynamodb' && itemActions.has(action));
}

export function isHttpTask({ client, action, integration }: Target): boolean {
  return (
    integration !== undefined &&
    (['http', 'api-gateway'].includes(client) || (client === 'eks' && ['call', 'runJob'].includes(action)))
  );
}

/** Returns whether a client of the AWS SDK has the model of the fields; the other integrations are called without a client. */
export function hasModel(resource: Resource): boolean {
  if (['activity', 'function', 'lambda', 'sns', 'states'].includes(resource.service)) return false;
  const target = targetOf(resource);
  return !((target.integration !== undefined && isJsonService(target)) || isHttpTask(target));
}
