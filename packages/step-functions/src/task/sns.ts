/** SNS Publish over AWS's query protocol. */

import type { Integration } from '../definition/integrations.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ServiceTarget } from './json-protocol.ts';
import { textOf } from './json-services.ts';
import { ordered, sdkMetadata, serviceFailure } from './sdk-response.ts';
import { element } from './xml.ts';

/** Calls `sns:publish`. A message that is not a string is sent as JSON text. */
export async function callPublish(
  target: ServiceTarget,
  integration: Integration,
  parameters: Json,
): Promise<Outcome> {
  const { MessageAttributes, ...message } = isObject(parameters) ? parameters : {};
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(message)) if (value !== null) form.set(name, textOf(value));
  for (const [name, value] of attributes(MessageAttributes)) form.set(name, value);
  // Last, since a field of the task could have one of these names.
  form.set('Action', 'Publish');
  form.set('Version', '2010-03-31');
  const response = await target.client.post({
    url: target.endpoint,
    service: 'sns',
    region: target.region,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
  });
  if (response.status >= 300) {
    const body = JSON.stringify({
      Code: element(response.body, 'Code') ?? '',
      Message: element(response.body, 'Message') ?? response.body,
    });
    return serviceFailure({ ...response, body }, integration);
  }
  const output: JsonObject = { ...sdkMetadata(response) };
  for (const name of ['MessageId', 'SequenceNumber']) {
    const value = element(response.body, name);
    if (value !== undefined) output[name] = value;
  }
  return { succeeded: true, output: ordered(output) };
}

/** Returns the attributes of a message, which tasks give as an object by name, as numbered fields of the form. */
function attributes(source: Json | undefined): [field: string, value: string][] {
  return Object.entries(isObject(source) ? source : {}).flatMap(
    ([name, attribute], index): [string, string][] => {
      const entry = `MessageAttributes.entry.${index + 1}`;
      const value = Object.entries(isObject(attribute) ? attribute : {}).filter(
        ([, content]) => content !== null,
      );
      return [
        [`${entry}.Name`, name],
        ...value.map(([field, content]): [string, string] => [`${entry}.Value.${field}`, textOf(content)]),
      ];
    },
  );
}
