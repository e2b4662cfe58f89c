/** DynamoDB UpdateItem over its JSON protocol. */

import type { Outcome } from '../interpreter/task.ts';
import { type Json, parseJson } from '../json.ts';
import { callOperation, type ServiceTarget } from './json-protocol.ts';
import { serviceFailure } from './sdk-response.ts';

/** Calls `aws-sdk:dynamodb:updateItem`: parameters and result are those of the API. */
export async function callUpdateItem(target: ServiceTarget, parameters: Json): Promise<Outcome> {
  const response = await callOperation(target, 'dynamodb', 'DynamoDB_20120810.UpdateItem', parameters);
  if (response.status >= 300) {
    return serviceFailure(response, { prefix: 'DynamoDb', sdkName: 'DynamoDb', code: 'DynamoDbException' });
  }
  return { succeeded: true, output: parseJson(response.body) };
}
