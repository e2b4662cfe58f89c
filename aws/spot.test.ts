import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Stands in for EC2; a real one always returns these parts. */
let instance = '';
/** Launches that EC2 refuses, since too many are asked for. */
let throttled = 0;
const server = createServer(async (request, response) => {
  const body = await text(request);
  if (body.includes('RunInstances') && throttled-- > 0) {
    const error = '<Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message>';
    response.writeHead(503).end(`<Response><Errors><Error>${error}</Error></Errors></Response>`);
    return;
  }
  const item = `<instancesSet><item>${instance}</item></instancesSet>`;
  response.end(
    body.includes('RunInstances') ? `<RunInstancesResponse>${item}</RunInstancesResponse>` : '<R/>',
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
Object.assign(process.env, {
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});
const { launchSpot } = await import('./spot.ts');
afterAll(() => server.close());

const launch = () =>
  launchSpot({
    ...{ worker: 'renderer', jobId: 'job-1', taskToken: 'token', imageId: 'ami-1', userData: '' },
    ...{ instanceTypes: ['c6a.xlarge'], subnetIds: ['subnet-1'], securityGroupId: 'sg-1' },
    ...{
      instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/renderer',
      volumeSize: 8,
      shard: undefined,
    },
  });

test('returns the machine with its Spot request', async () => {
  instance =
    '<instanceId>i-1</instanceId><instanceType>c6a.xlarge</instanceType><spotInstanceRequestId>sir-1</spotInstanceRequestId>';
  expect(await launch()).toEqual({
    ...{ instance_id: 'i-1', instance_type: 'c6a.xlarge', spot_request_id: 'sir-1' },
  });
});

test('rejects a machine without a Spot request, and a response without a machine', async () => {
  instance = '<instanceId>i-1</instanceId><instanceType>c6a.xlarge</instanceType>';
  await expect(launch()).rejects.toThrow('EC2 returned i-1 without its Spot request');
  instance = '';
  await expect(launch()).rejects.toThrow('RunInstances returned no instance');
});

test('waits while more machines are asked for than EC2 starts in a second', async () => {
  instance =
    '<instanceId>i-1</instanceId><instanceType>c6a.xlarge</instanceType><spotInstanceRequestId>sir-1</spotInstanceRequestId>';
  throttled = 3;
  expect(await launch()).toMatchObject({ instance_id: 'i-1' });
  expect(throttled).toBe(-1);
});
