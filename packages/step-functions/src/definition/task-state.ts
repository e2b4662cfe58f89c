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
  const credentials = fields.template('Credentials', true);
  if (isObject(fields.raw('Credentials'))) checkCredentials(fields);
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

function checkCredentials(fields: Fields): void {
  const inner = fields.below(fields.raw('Credentials'), 'Credentials');
  inner.raw('RoleArn');
  if (!fields.jsonata) inner.raw('RoleArn.$');
  if (!inner.has('RoleArn') && (fields.jsonata || !inner.has('RoleArn.$'))) inner.require('RoleArn');
  inner.refuseOthers();
}
