import type { Instance } from './instance.ts';
import { type MetadataService, startMetadataService } from './metadata-service.ts';

const instance: Instance = {
  id: 'i-0123456789abcdef0',
  reservationId: 'r-1',
  spotRequestId: 'sir-1',
  imageId: 'ami-1',
  type: 'c5.large',
  subnetId: 'subnet-1',
  securityGroupIds: [],
  tags: { 'app:role': 'painter' },
  tagsInMetadata: true,
  userData: '#!/bin/bash',
  shutdownBehavior: 'terminate',
  requestHash: '',
  launchedAt: '2026-01-01T00:00:00.000Z',
  state: 'running',
  endAnnounced: false,
};
let metadata: MetadataService;

beforeEach(async () => {
  metadata = await startMetadataService(instance, 'eu-west-1');
});
afterEach(() => metadata.close());

const token = async (seconds = '60') => {
  const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': seconds };
  return fetch(`${metadata.endpoint}/latest/api/token`, { method: 'PUT', headers });
};
const get = async (path: string, withToken = true) => {
  const headers = withToken ? { 'X-aws-ec2-metadata-token': await (await token()).text() } : {};
  const response = await fetch(`${metadata.endpoint}/latest/${path}`, { headers });
  return { status: response.status, text: await response.text() };
};

describe('the instance metadata service', () => {
  test('requires a token', async () => {
    expect((await get('meta-data/instance-id', false)).status).toBe(401);
    expect(await get('meta-data/instance-id')).toEqual({ status: 200, text: instance.id });
  });

  test('issues tokens for one second to six hours', async () => {
    expect((await token('0')).status).toBe(400);
    expect((await token('21601')).status).toBe(400);
    expect((await token('21600')).headers.get('x-aws-ec2-metadata-token-ttl-seconds')).toBe('21600');
  });

  test.each([
    ['meta-data/instance-type', 'c5.large'],
    ['meta-data/placement/region', 'eu-west-1'],
    ['meta-data/placement/availability-zone', 'eu-west-1a'],
    ['meta-data/tags/instance/app:role', 'painter'],
    ['meta-data/iam/security-credentials/', 'worker'],
    ['user-data', '#!/bin/bash'],
  ])('knows %s', async (path, text) => {
    expect(await get(path)).toEqual({ status: 200, text });
  });

  test.each(['__proto__', 'constructor', 'meta-data'])('does not have %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('has a Spot notice after the interruption was announced', async () => {
    expect((await get('meta-data/spot/instance-action')).status).toBe(404);
    metadata.giveNotice(new Date('2026-01-01T00:02:00.500Z'));
    expect(JSON.parse((await get('meta-data/spot/instance-action')).text)).toEqual({
      action: 'terminate',
      time: '2026-01-01T00:02:00Z',
    });
  });
});
