/** SQS SendMessage over its JSON protocol. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { ServiceClient } from './http.ts';
import { sdkMetadata, serviceFailure } from './sdk-answer.ts';

export interface SqsTarget {
  readonly client: ServiceClient;
  readonly endpoint: string;
  readonly region: string;
}

/** The integration `sqs:sendMessage`. A body that is no string is sent as JSON text. */
export async function callSendMessage(target: SqsTarget, parameters: Json): Promise<Outcome> {
  const message: JsonObject = isObject(parameters) ? { ...parameters } : {};
  if (typeof message.MessageBody !== 'string')
    message.MessageBody = JSON.stringify(message.MessageBody ?? null);
  const response = await target.client.post({
    url: target.endpoint,
    service: 'sqs',
    region: target.region,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify(message),
  });
  if (response.status >= 300) {
    return serviceFailure(response, { prefix: 'SQS', sdkName: 'AmazonSQS', code: 'AmazonSQSException' });
  }
  const answer = parseJson(response.body);
  return { succeeded: true, output: { ...(isObject(answer) ? answer : {}), ...sdkMetadata(response) } };
}
