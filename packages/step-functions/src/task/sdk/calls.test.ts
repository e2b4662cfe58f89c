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
