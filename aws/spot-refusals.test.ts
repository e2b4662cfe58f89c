import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { refusalOf } from './spot-refusals.ts';

const refused = (name: string) =>
  new EC2ServiceException({ name, message: '', $fault: 'client', $metadata: {} });

test.each([
  ['InsufficientInstanceCapacity', { kind: 'capacity', code: 'InsufficientInstanceCapacity' }],
  // Only one subnet has no address left.
  ['InsufficientFreeAddressesInSubnet', { kind: 'capacity', code: 'InsufficientFreeAddressesInSubnet' }],
  ['MaxSpotInstanceCountExceeded', { kind: 'quota', code: 'MaxSpotInstanceCountExceeded' }],
  [
    'AuthFailure.ServiceLinkedRoleCreationNotPermitted',
    { kind: 'permanent', remedy: expect.stringContaining('create-service-linked-role') },
  ],
  ['InvalidAMIID.NotFound', { kind: 'permanent', remedy: expect.stringContaining('make ami') }],
  ['InvalidSubnetID.NotFound', { kind: 'permanent', remedy: expect.stringContaining('deploy again') }],
  ['InvalidParameterValue', { kind: 'permanent', remedy: expect.stringContaining('setting') }],
  ['RequestLimitExceeded', undefined],
])('explains %s', (name, refusal) => {
  expect(refusalOf(refused(name))).toEqual(refusal);
});

test('does not explain an error of the network', () => {
  expect(refusalOf(new Error('socket hang up'))).toBeUndefined();
});
