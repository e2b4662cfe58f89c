import { EC2ServiceException } from '@aws-sdk/client-ec2';

/** EC2 error codes for which another type or zone, or a later attempt, can succeed. */
const capacityErrors: ReadonlySet<string> = new Set([
  'InsufficientInstanceCapacity',
  'InsufficientHostCapacity',
  'InsufficientReservedInstanceCapacity',
  'InsufficientCapacity',
  'InsufficientFreeAddressesInSubnet',
  'SpotMaxPriceTooLow',
  'Unsupported',
]);

/** Quotas: a smaller type can fit, waiting does not help. */
const quotaErrors: ReadonlySet<string> = new Set([
  'MaxSpotInstanceCountExceeded',
  'VcpuLimitExceeded',
  'InstanceLimitExceeded',
]);

/** Instructions for an operator about other refusals, by the beginning of their code (EC2 API reference, error codes). */
const remedies: readonly (readonly [code: string, remedy: string])[] = [
  [
    'AuthFailure.ServiceLinkedRoleCreationNotPermitted',
    'the account does not have the service-linked role for Spot; create it once with ' +
      'aws iam create-service-linked-role --aws-service-name spot.amazonaws.com, or set createSpotRole',
  ],
  ['InvalidAMIID', 'build the image with make ami and set workerAmi'],
  [
    'UnauthorizedOperation',
    'deploy again: the role of the function or a policy of the organisation forbids it',
  ],
  ['OptInRequired', 'finish the registration of the account'],
  ['PendingVerification', 'AWS still verifies the account; it sends a mail when it is done'],
  ['Blocked', 'AWS has blocked the account; ask its support'],
  ['InvalidParameter', 'change the setting that the message is about, such as an instance type'],
  ['Invalid', 'a resource of the deployment is gone or was changed by hand; deploy again'],
];

/** Whether a type is refused for now, refused by a quota, or every type is refused until a person acts, with what to do. */
export type Refusal = { kind: 'capacity' | 'quota'; code: string } | { kind: 'permanent'; remedy: string };

/** Explains an error of RunInstances; undefined for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof EC2ServiceException)) return undefined;
  if (capacityErrors.has(error.name)) return { kind: 'capacity', code: error.name };
  if (quotaErrors.has(error.name)) return { kind: 'quota', code: error.name };
  const [, remedy] = remedies.find(([code]) => error.name.startsWith(code)) ?? [];
  return remedy === undefined ? undefined : { kind: 'permanent', remedy };
}
