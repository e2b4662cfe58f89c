import type { Account } from '../account.ts';
import type { EventEntry } from '../events/bus.ts';
import { type Instance, zoneOf } from './instance.ts';

/** Returns the event of an instance that changed its state. */
export function stateChange({ id: account, region }: Account, instance: Instance): EventEntry {
  return {
    source: 'aws.ec2',
    detailType: 'EC2 Instance State-change Notification',
    resources: [`arn:aws:ec2:${region}:${account}:instance/${instance.id}`],
    detail: { 'instance-id': instance.id, state: instance.state },
  };
}

/** Returns the event that EC2 sends two minutes before it interrupts a Spot instance. */
export function interruptionWarning({ region }: Account, instance: Instance): EventEntry {
  return {
    source: 'aws.ec2',
    detailType: 'EC2 Spot Instance Interruption Warning',
    resources: [`arn:aws:ec2:${zoneOf(region)}:instance/${instance.id}`],
    detail: { 'instance-id': instance.id, 'instance-action': 'terminate' },
  };
}
