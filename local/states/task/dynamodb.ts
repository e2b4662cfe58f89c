/** DynamoDB UpdateItem over its JSON protocol. */

import type { Outcome } from '../interpreter/task.ts';
import { type Json, parseJson } from '../json.ts';
import type { ServiceClient } from './http.ts';
import { serviceFailure } from './sdk-answer.ts';

export interface DynamoDbTarget {
  readonly client: ServiceClient;
  readonly endpoint: string;
  readonly region: string;
}

/** The SDK integration `aws-sdk:dynamodb:updateItem`: parameters and result are the API's own. */
export async function callUpdateItem(target: DynamoDbTarget, parameters: Json): Promise<Outcome> {
  const response = await target.client.post({
    url: target.endpoint,
    service: 'dynamodb',
    region: target.region,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.UpdateItem' },
    body: JSON.stringify(parameters),
  });
  if (response.status >= 300) {
    return serviceFailure(response, { prefix: 'DynamoDb', sdkName: 'DynamoDb', code: 'DynamoDbException' });
  }
  return { succeeded: true, output: parseJson(response.body) };
}
