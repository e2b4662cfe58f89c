/** SQS SendMessage over its JSON protocol. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { callOperation, type ServiceTarget } from './json-protocol.ts';
import { sdkMetadata, serviceFailure } from './sdk-response.ts';

/** Calls `sqs:sendMessage`. A body that is not a string is sent as JSON text. */
export async function callSendMessage(target: ServiceTarget, parameters: Json): Promise<Outcome> {
  const message: JsonObject = isObject(parameters) ? { ...parameters } : {};
  if (typeof message.MessageBody !== 'string')
    message.MessageBody = JSON.stringify(message.MessageBody ?? null);
  const response = await callOperation(target, 'sqs', 'AmazonSQS.SendMessage', message);
  if (response.status >= 300) {
    return serviceFailure(response, { prefix: 'SQS', sdkName: 'AmazonSQS', code: 'AmazonSQSException' });
  }
  const answer = parseJson(response.body);
  return { succeeded: true, output: { ...(isObject(answer) ? answer : {}), ...sdkMetadata(response) } };
}
