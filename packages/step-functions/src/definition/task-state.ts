/** Task: the called resource and its timeouts. */

import type { Fields } from './fields.ts';
import type { TaskState } from './model.ts';
import { noResource, parseResource } from './resource.ts';
import { fallibleFields } from './shared-fields.ts';

export function parseTask(name: string, fields: Fields): TaskState {
  const arn = fields.text('Resource');
  const resource = parseResource(arn ?? '');
  if (arn === undefined) fields.report("The field 'Resource' is required");
  else if (typeof resource === 'string') fields.report(resource, 'Resource');
  const timeoutSeconds = fields.amount('TimeoutSeconds', 1);
  const heartbeatSeconds = fields.amount('HeartbeatSeconds', 1);
  if (
    typeof timeoutSeconds === 'number' &&
    typeof heartbeatSeconds === 'number' &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    fields.report('HeartbeatSeconds must be smaller than TimeoutSeconds', 'HeartbeatSeconds');
  }
  const base = fallibleFields(name, fields);
  const credentials = fields.template('Credentials', true);
  return {
    type: 'Task',
    ...base,
    parameters: fields.jsonata ? fields.template('Arguments') : base.parameters,
    credentials,
    resource: typeof resource === 'string' ? noResource : resource,
    timeoutSeconds,
    heartbeatSeconds,
  };
}
