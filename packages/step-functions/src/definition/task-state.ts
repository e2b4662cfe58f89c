/** Task: the called resource and its timeouts. */

import { isObject } from '../json.ts';
import type { Fields } from './fields.ts';
import type { TaskState } from './model.ts';
import { noResource, parseResource } from './resource.ts';
import { argumentsField, fallibleFields } from './shared-fields.ts';

export function parseTask(name: string, fields: Fields): TaskState {
  const arn = fields.text('Resource');
  const resource = parseResource(arn ?? '');
  fields.require('Resource');
  if (arn !== undefined && typeof resource === 'string') fields.report(resource, 'Resource');
  const timeoutSeconds = fields.amount('TimeoutSeconds', 1);
  const heartbeatSeconds = fields.amount('HeartbeatSeconds', 1);
  if (
    typeof timeoutSeconds === 'number' &&
    typeof heartbeatSeconds === 'number' &&
    heartbeatSeconds > timeoutSeconds
  ) {
    fields.report('HeartbeatSeconds must not be larger than TimeoutSeconds', 'HeartbeatSeconds');
  }
  const base = fallibleFields(name, fields);
  if (typeof resource !== 'string' && !takesInput.has(resource.service)) {
    const field = fields.jsonata ? 'Arguments' : 'Parameters';
    if (!fields.has(field)) fields.report(`${field} field is required for resource ARN: ${resource.arn}`);
  }
  const credentials = fields.template('Credentials', true);
  if (isObject(fields.raw('Credentials'))) checkCredentials(fields);
  if (fields.has('Credentials') && typeof resource !== 'string' && resource.service === 'activity')
    fields.report("The field 'Credentials' is not supported for activities");
  return {
    type: 'Task',
    ...base,
    parameters: fields.jsonata ? argumentsField(fields) : base.parameters,
    credentials,
    resource: typeof resource === 'string' ? noResource : resource,
    timeoutSeconds,
    heartbeatSeconds,
  };
}

/** Resources that get the state's input where they are given no parameters. */
const takesInput = new Set(['function', 'activity']);

function checkCredentials(fields: Fields): void {
  const inner = fields.below(fields.raw('Credentials'), 'Credentials');
  inner.raw('RoleArn');
  if (!fields.jsonata) inner.raw('RoleArn.$');
  if (!inner.has('RoleArn') && (fields.jsonata || !inner.has('RoleArn.$')))
    inner.report("The field 'RoleArn' is required but was missing");
  inner.refuseOthers();
}
