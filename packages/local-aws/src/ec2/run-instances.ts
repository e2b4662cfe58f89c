import { createHash, randomBytes } from 'node:crypto';
import { AwsError, notInTheLocalCloud } from '../protocol/aws-error.ts';
import type { Form } from './form.ts';
import type { Instance } from './instance.ts';
import type { InstanceStore } from './instance-store.ts';

/** Bytes of user data before base64 (EC2 user guide). */
const maxUserData = 16 * 1024;

/** Parameters that have an effect here, and those that a single process can safely ignore. */
const understood = new Set([
  ...['Action', 'Version', 'DryRun', 'ClientToken', 'MinCount', 'MaxCount', 'ImageId', 'InstanceType'],
  ...['SubnetId', 'SecurityGroupId', 'IamInstanceProfile', 'InstanceMarketOptions', 'MetadataOptions'],
  ...['InstanceInitiatedShutdownBehavior', 'TagSpecification', 'UserData'],
  ...['BlockDeviceMapping', 'EbsOptimized', 'KeyName', 'Monitoring', 'Placement', 'CreditSpecification'],
]);

/** Returns whether a subnet has Spot capacity for an instance type. */
export type HasCapacity = (type: string, subnetId: string) => boolean;

/** Returns the new instance of a RunInstances call, or the one that the same call got before. */
export function instanceFor(
  form: Form,
  store: InstanceStore,
  hasCapacity: HasCapacity,
): { instance: Instance; isNew: boolean } {
  const unknown = form.names().find((name) => !understood.has(name));
  if (unknown) throw notInTheLocalCloud(`ec2:RunInstances with ${unknown}`);
  const requestHash = hashOf(form);
  const clientToken = form.text('ClientToken');
  const earlier = clientToken && store.list().find((instance) => instance.clientToken === clientToken);
  if (earlier) {
    if (earlier.requestHash === requestHash) return { instance: earlier, isNew: false };
    throw new AwsError(
      'IdempotentParameterMismatch',
      'The client token was used before, with other parameters.',
    );
  }
  const instance = describeNew(form, requestHash, clientToken);
  if (form.text('DryRun') === 'true')
    throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  if (!hasCapacity(instance.type, instance.subnetId))
    throw new AwsError(
      'InsufficientInstanceCapacity',
      `There is no Spot capacity available that matches your request for ${instance.type}.`,
      500,
    );
  return { instance, isNew: true };
}

function describeNew(form: Form, requestHash: string, clientToken: string | undefined): Instance {
  if (form.text('MinCount') !== '1' || form.text('MaxCount') !== '1')
    throw notInTheLocalCloud('ec2:RunInstances of several instances in one call');
  const market = form.group('InstanceMarketOptions').text('MarketType');
  if (market !== undefined && market !== 'spot') throw invalid('InstanceMarketOptions.MarketType', market);
  const behavior = form.text('InstanceInitiatedShutdownBehavior') ?? 'stop';
  if (behavior !== 'stop' && behavior !== 'terminate')
    throw invalid('InstanceInitiatedShutdownBehavior', behavior);
  const profile = form.group('IamInstanceProfile');
  const profileArn = profile.text('Arn') ?? profile.text('Name');
  return {
    id: `i-${hex(17)}`,
    reservationId: `r-${hex(17)}`,
    ...(market && { spotRequestId: `sir-${hex(8)}` }),
    imageId: required(form, 'ImageId'),
    type: form.text('InstanceType') ?? 'm1.small',
    subnetId: form.text('SubnetId') ?? 'subnet-local',
    securityGroupIds: form.texts('SecurityGroupId'),
    ...(profileArn && { profileArn }),
    tags: tagsOf(form),
    tagsInMetadata: form.group('MetadataOptions').text('InstanceMetadataTags') === 'enabled',
    userData: userDataOf(form),
    shutdownBehavior: behavior,
    ...(clientToken && { clientToken }),
    requestHash,
    launchedAt: new Date().toISOString(),
    state: 'pending',
    endAnnounced: false,
  };
}

function tagsOf(form: Form): Record<string, string> {
  const specification = form
    .groups('TagSpecification')
    .find((one) => one.text('ResourceType') === 'instance');
  return readTags(specification?.groups('Tag') ?? []);
}

/** Tags as the Query protocol lists them. */
export function readTags(tags: readonly Form[]): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']));
}

function userDataOf(form: Form): string {
  const encoded = form.text('UserData') ?? '';
  if (!/^[A-Za-z0-9+/=\s]*$/.test(encoded))
    throw new AwsError('InvalidParameterValue', 'Invalid BASE64 encoding of user data.');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length > maxUserData)
    throw new AwsError('InvalidParameterValue', `User data is limited to ${maxUserData} bytes`);
  return bytes.toString();
}

function hashOf(form: Form): string {
  const parameters = form.entries().filter(([name]) => name !== 'ClientToken');
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
}

function required(form: Form, name: string): string {
  const value = form.text(name);
  if (value) return value;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}

const invalid = (name: string, value: string) =>
  new AwsError('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid.`);
const hex = (length: number) => randomBytes(length).toString('hex').slice(0, length);
