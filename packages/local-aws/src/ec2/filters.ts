import { AwsError } from '../protocol/aws-error.ts';
import type { Form } from './form.ts';
import type { Instance } from './instance.ts';

const fields: Readonly<Record<string, (instance: Instance) => string | undefined>> = {
  'client-token': (instance) => instance.clientToken,
  'image-id': (instance) => instance.imageId,
  'instance-id': (instance) => instance.id,
  'instance-state-name': (instance) => instance.state,
  'instance-type': (instance) => instance.type,
  'spot-instance-request-id': (instance) => instance.spotRequestId,
  'subnet-id': (instance) => instance.subnetId,
};

/** Returns the instances that match all filters of a request. */
export function filterInstances(instances: readonly Instance[], form: Form): Instance[] {
  const filters = form.groups('Filter').map((filter) => {
    const read = fieldNamed(filter.text('Name') ?? '');
    const wanted = filter.texts('Value');
    return (instance: Instance) => {
      const value = read(instance);
      return value !== undefined && wanted.includes(value);
    };
  });
  return instances.filter((instance) => filters.every((fits) => fits(instance)));
}

function fieldNamed(name: string): (instance: Instance) => string | undefined {
  if (name.startsWith('tag:')) return (instance) => instance.tags[name.slice('tag:'.length)];
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field) return field;
  throw new AwsError('InvalidParameterValue', `The filter '${name}' is not supported by the local cloud`);
}

/** Returns the instances with the ids of a request. An unknown id is an error, as on EC2. */
export function namedInstances(all: readonly Instance[], ids: readonly string[]): Instance[] {
  const missing = ids.filter((id) => !all.some((instance) => instance.id === id));
  if (missing.length === 0) return ids.flatMap((id) => all.filter((instance) => instance.id === id));
  const text = missing.length > 1 ? `IDs '${missing.join(', ')}' do` : `ID '${missing[0]}' does`;
  throw new AwsError('InvalidInstanceID.NotFound', `The instance ${text} not exist`);
}
