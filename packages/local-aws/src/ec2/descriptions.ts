import type { Account } from '../account.ts';
import type { XmlObject } from '../protocol/xml.ts';
import { hasEnded, type Instance, type InstanceState, stateCodes, zoneOf } from './instance.ts';

export const describeState = (name: InstanceState): XmlObject => ({ code: stateCodes[name], name });

const describeTags = (tags: Instance['tags']) => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** Returns the description of an instance in EC2's format. */
function describeInstance(instance: Instance, { region }: Account): XmlObject {
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: describeState(instance.state),
    instanceType: instance.type,
    launchTime: instance.launchedAt,
    placement: { availabilityZone: zoneOf(region), tenancy: 'default' },
    subnetId: instance.subnetId,
    groupSet: instance.securityGroupIds.map((groupId) => ({ groupId, groupName: groupId })),
    iamInstanceProfile: instance.profileArn ? { arn: instance.profileArn, id: 'LOCAL' } : undefined,
    instanceLifecycle: instance.spotRequestId ? 'spot' : undefined,
    spotInstanceRequestId: instance.spotRequestId,
    clientToken: instance.clientToken ?? '',
    metadataOptions: {
      state: 'applied',
      httpTokens: 'required',
      httpEndpoint: 'enabled',
      instanceMetadataTags: instance.tagsInMetadata ? 'enabled' : 'disabled',
    },
    stateReason: instance.stateReason && { ...instance.stateReason },
    tagSet: describeTags(instance.tags),
  };
}

export function describeReservation(instance: Instance, account: Account): XmlObject {
  return {
    reservationId: instance.reservationId,
    ownerId: account.id,
    groupSet: [],
    instancesSet: [describeInstance(instance, account)],
  };
}

/** Returns the Spot request of an instance. */
export function describeSpotRequest(instance: Instance, { region }: Account): XmlObject {
  const ended = hasEnded(instance);
  const interrupted = instance.stateReason?.code === 'Server.SpotInstanceTermination';
  const code = !ended
    ? 'fulfilled'
    : interrupted
      ? 'instance-terminated-no-capacity'
      : 'instance-terminated-by-user';
  return {
    spotInstanceRequestId: instance.spotRequestId,
    type: 'one-time',
    state: ended ? 'closed' : 'active',
    status: { code, message: code, updateTime: instance.endedAt ?? instance.launchedAt },
    instanceId: instance.id,
    createTime: instance.launchedAt,
    instanceInterruptionBehavior: 'terminate',
    launchedAvailabilityZone: zoneOf(region),
    tagSet: [],
  };
}
