/** Calls of services with the clients of the AWS SDK that are installed here. */

import { listen, stopServer } from '../../testing/served.ts';
import { SdkThread } from './thread.ts';

test.each([
  ['headObject', { Bucket: 'b', Key: 'k' }, 'NoSuchKey'],
  ['headBucket', { Bucket: 'b' }, 'NoSuchBucket'],
])(
  '%s has no response body, and its error the name that the SDK for Java gives it',
  async (action, parameters, code) => {
    const requests: string[] = [];
    const { url, server } = await listen(({ method, url: path, httpVersion }, response) => {
      requests.push(`${method} ${path} ${httpVersion}`);
      response.writeHead(404, { 'x-amz-request-id': 'r1' }).end();
    });
    const sdk = new SdkThread();
    const naming = 'java';
    const result = await sdk.call({
      client: 's3',
      action,
      naming,
      parameters,
      endpoint: url,
      region: 'us-east-1',
    });
    expect(result).toMatchObject({ type: 'failure', code, modeled: true, status: 404, message: 'null' });
    expect(requests).toEqual([expect.stringMatching(/^HEAD .* 1\.1$/)]);
    sdk.close();
    await stopServer(server);
  },
);

test.each(['true', 'True', 'TRUE'])(
  'the text %s is a boolean where the service has one, as on AWS',
  async (text) => {
    let sent: unknown;
    const { url, server } = await listen(({ headers }, response) => {
      sent = headers['x-amz-server-side-encryption-bucket-key-enabled'];
      response.end();
    });
    const sdk = new SdkThread();
    const parameters = { Bucket: 'b', Key: 'k', Body: '', BucketKeyEnabled: text };
    const called = { client: 's3', action: 'putObject', naming: 'java', parameters } as const;
    await sdk.call({ ...called, endpoint: url, region: 'us-east-1' });
    expect(sent).toBe('true');
    sdk.close();
    await stopServer(server);
  },
);

/** Observed on AWS in results of Glue, Athena, ECS and Step Functions. */
test.each([
  ['optimized integrations have times as milliseconds, and members by name', 'model', 1_733_089_875_458],
  ['SDK integrations have times as text', 'java', '2024-12-01T21:51:15.458Z'],
] as const)('results of %s', async (_title, naming, time) => {
  const body = { status: 'RUNNING', startDate: 1_733_089_875.458, name: 'e', executionArn: 'arn' };
  const { url, server } = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  const sdk = new SdkThread();
  const called = { client: 'sfn', action: 'describeExecution', naming } as const;
  const parameters = { ExecutionArn: 'arn' };
  const result = await sdk.call({ ...called, parameters, endpoint: url, region: 'us-east-1' });
  const output = result.type === 'output' ? result.output : null;
  expect(output).toMatchObject({ Name: 'e', StartDate: time, Status: 'RUNNING' });
  if (naming === 'model')
    expect(Object.keys(output ?? {})).toEqual(['ExecutionArn', 'Name', 'StartDate', 'Status']);
  sdk.close();
  await stopServer(server);
});
