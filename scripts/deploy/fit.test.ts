import { deployment } from '../../stacks/testing/synthesized.ts';
import type { LaunchPorts } from '../doctor/account.ts';
import { refuseUnfit } from './fit.ts';

const fit: LaunchPorts = {
  image: async () => ({ state: 'available', tags: { 'manga-pipeline:version': '2' } }),
  hasSpotRole: async () => true,
  limit: async () => 5,
  createSpotRole: async () => {},
  requestedLimit: async () => undefined,
  requestLimit: async () => {},
};
const lines: string[] = [];
beforeEach(() => void lines.splice(0));
const refuse = (ports: Partial<LaunchPorts>, settings = {}) =>
  refuseUnfit(deployment(settings), { ...fit, ...ports }, (line) => lines.push(line));

test('accepts an account in which machines can start', async () => {
  await refuse({});
  expect(lines).toEqual([]);
});

test('refuses a quota for no machine, a missing role and an old image in one line each', async () => {
  const unfit = { image: async () => ({ state: 'available', tags: {} }), hasSpotRole: async () => false };
  await expect(refuse({ ...unfit, limit: async () => 2 })).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: [
      'machine image: ami-00000000000000001 has version 1, but the workers need 2; make ami, then set workerAmi',
      'Spot role: AWSServiceRoleForEC2Spot is missing, so EC2 starts no Spot machine; aws iam create-service-linked-role --aws-service-name spot.amazonaws.com, or set createSpotRole',
      'Spot vCPUs: 2, but the smallest machine needs 4; raise L-34B43A08 in Service Quotas, or add smaller types',
    ].join('\n'),
  });
});

test('plans a stage with the example image, and names what could not be checked', async () => {
  const ports = {
    image: async () => undefined,
    limit: () => Promise.reject(new Error('AccessDenied: servicequotas:GetServiceQuota')),
  };
  await refuse(ports, { workerAmi: 'ami-0123456789abcdef0' });
  expect(lines).toEqual(['Spot vCPUs was not checked: AccessDenied: servicequotas:GetServiceQuota']);
});
