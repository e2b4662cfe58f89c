import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AwsError } from 'local-aws/protocol';
import { clientOf, eventually } from 'local-aws/testing';
import type { SpotRequest } from '../aws/spot.ts';
import { renderUserData } from '../domain/worker-task.ts';
import { projectSources } from './pipeline.ts';
import { type Running, startEnvironment } from './testing/environment.ts';
import { type Pipeline, startPipeline } from './testing/pipeline-under-test.ts';

/** The real launcher with the real SDK and the local EC2; machines do nothing until they are ended. */
let pipeline: Running<Pipeline>;
let spot: typeof import('../aws/spot.ts');
const full = new Set<string>();
/** Type with vCPUs that the account's quota does not allow. */
let refusedByQuota: RegExp | undefined;

beforeAll(async () => {
  pipeline = await startEnvironment('spot', async (environment) => {
    environment.write('workers/renderer/main.ts', 'setInterval(() => {}, 1000);');
    return startPipeline(environment, {
      log: () => undefined,
      sources: { ...projectSources, workers: environment.pathOf('workers') },
      ec2: {
        hasCapacity(type, subnetId) {
          if (refusedByQuota?.test(type))
            throw new AwsError('MaxSpotInstanceCountExceeded', 'Max spot instance count exceeded');
          return !full.has(`${type} ${subnetId}`);
        },
      },
    });
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: pipeline.cloud.endpoint,
    AWS_REGION: pipeline.cloud.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  spot = await import('../aws/spot.ts');
});
afterAll(() => pipeline.close());
beforeEach(() => {
  full.clear();
  refusedByQuota = undefined;
});

const requestFor = (taskToken: string): SpotRequest => ({
  worker: 'renderer',
  jobId: 'job-abc123',
  taskToken,
  shard: undefined,
  imageId: 'ami-1',
  instanceTypes: ['c5.2xlarge', 'c6i.2xlarge'],
  subnetIds: ['subnet-a', 'subnet-b'],
  securityGroupId: 'sg-1',
  instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/renderer',
  volumeSize: 32,
  userData: renderUserData({ WORKER: 'renderer', JOB_ID: 'job-abc123', TASK_TOKEN: taskToken }),
});

async function describe(instanceId: string) {
  const client = new EC2Client(clientOf(pipeline.cloud.endpoint));
  const { Reservations } = await client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  client.destroy();
  return Reservations?.[0]?.Instances?.[0];
}

test('starts a Spot machine with tags and IMDSv2 that ends when it shuts down', async () => {
  const launched = await spot.launchSpot(requestFor('token-1'));
  expect(launched).toEqual({
    instance_id: expect.stringMatching(/^i-/),
    instance_type: 'c5.2xlarge',
    spot_request_id: expect.stringMatching(/^sir-/),
  });
  expect(await describe(launched.instance_id)).toMatchObject({
    InstanceLifecycle: 'spot',
    SubnetId: 'subnet-a',
    MetadataOptions: { HttpTokens: 'required' },
  });
  expect(await spot.describeInstance(launched.instance_id)).toMatchObject({
    worker: 'renderer',
    jobId: 'job-abc123',
    taskHash: spot.taskHash('token-1'),
  });
});

test('repeated and simultaneous calls return the same machine', async () => {
  const first = await spot.launchSpot(requestFor('token-2'));
  expect(await spot.launchSpot(requestFor('token-2'))).toEqual(first);
  const both = await Promise.all([
    spot.launchSpot(requestFor('token-3')),
    spot.launchSpot(requestFor('token-3')),
  ]);
  expect(both[0]).toEqual(both[1]);
  expect(both[0].instance_id).not.toBe(first.instance_id);
});

test('tries every type in every subnet before it gives up', async () => {
  full.add('c5.2xlarge subnet-a').add('c5.2xlarge subnet-b').add('c6i.2xlarge subnet-a');
  expect(await spot.launchSpot(requestFor('token-4'))).toMatchObject({ instance_type: 'c6i.2xlarge' });
  full.add('c6i.2xlarge subnet-b');
  await expect(spot.launchSpot(requestFor('token-5'))).rejects.toMatchObject({
    name: 'SpotCapacityUnavailable',
    message: expect.stringContaining('c6i.2xlarge in subnet-b: InsufficientInstanceCapacity'),
  });
});

test('a repeated call returns the machine of the second type even when the first type has capacity again', async () => {
  full.add('c5.2xlarge subnet-a').add('c5.2xlarge subnet-b');
  const first = await spot.launchSpot(requestFor('token-6'));
  full.clear();
  expect(await spot.launchSpot(requestFor('token-6'))).toEqual(first);
});

test('ending a machine that is gone or never existed succeeds', async () => {
  const { instance_id } = await spot.launchSpot(requestFor('token-7'));
  await spot.terminateInstance(instance_id);
  await spot.terminateInstance(instance_id);
  await spot.terminateInstance('i-00000000000000000');
  expect(await spot.describeInstance('i-00000000000000000')).toBeUndefined();
});

test('a smaller type is started where the quota does not allow a larger one', async () => {
  refusedByQuota = /2xlarge/;
  const request = { ...requestFor('token-8'), instanceTypes: ['c6a.2xlarge', 'c6a.xlarge'] };
  expect(await spot.launchSpot(request)).toMatchObject({ instance_type: 'c6a.xlarge' });
});

test('a quota that other machines use up is waited for; one that is too small is a setting to change', async () => {
  refusedByQuota = /./;
  await expect(spot.launchSpot(requestFor('token-9'))).rejects.toMatchObject({
    name: 'SpotCapacityUnavailable',
    message: expect.stringContaining('Other machines of the pipeline use up'),
  });
  const up = () => pipeline.cloud.instances().filter(({ state }) => state !== 'terminated');
  for (const { id } of up()) await spot.terminateInstance(id);
  await eventually('all machines to end', () => up().length === 0);
  await expect(spot.launchSpot(requestFor('token-9'))).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringMatching(/quota of Spot vCPUs is too small.*c5.2xlarge in subnet-a/),
  });
});
