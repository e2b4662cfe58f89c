import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf } from '../testing.ts';
import { startGateway } from './gateway.ts';
import { serviceNameOf } from './service-name.ts';

let cloud: UnderTest;
beforeAll(async () => {
  cloud = await startUnderTest({ asOnAws: false });
  cloud.gateway.serve('lambda', {
    handle: (_, response) => void response.end('lambda'),
    close: async () => {},
  });
});
afterAll(() => cloud.end());

/** Sends a request with headers that fetch does not allow. */
function send(options: RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = new URL(cloud.endpoint);
    const sent = request({ host: url.hostname, port: url.port, agent: false, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

const path = '/2015-03-31/functions';

describe('the gateway', () => {
  test.each([
    [
      { authorization: 'AWS4-HMAC-SHA256 Credential=K/20260101/eu-west-1/dynamodb/aws4_request, X' },
      '/',
      'dynamodb',
    ],
    [{}, '/b/k?X-Amz-Credential=K%2F20260101%2Fus-east-1%2Fs3%2Faws4_request', 's3'],
    [{ 'x-amz-target': 'AWSStepFunctions.StartExecution' }, '/', 'states'],
    [{ 'x-amz-target': 'AWSEvents.PutEvents' }, '/', 'events'],
    [{}, '/2015-03-31/functions/f/invocations', 'lambda'],
    [{}, '/', undefined],
  ])('finds the service of a request with %o to %s', (headers, url, service) => {
    expect(serviceNameOf({ headers, url, method: 'POST' } as unknown as IncomingMessage)).toBe(service);
  });

  test.each([
    [{}, 200],
    [{ host: 'localhost:8083' }, 200],
    [{ host: '[::1]:8083' }, 200],
    [{ host: 'bucket.localhost:8083' }, 200],
    [{ host: 'evil.example:8083' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 403],
    [{ host: 'localhost:8083', origin: 'http://localhost:8083' }, 200],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
  ])('responds to the headers %o with %d', async (headers, status) => {
    expect(await send({ path, headers })).toBe(status);
  });

  test.each([
    ['SNS', () => new SNSClient(clientOf(cloud.endpoint)).send(new ListTopicsCommand({}))],
    [
      'DynamoDB',
      () => new DynamoDBClient(clientOf(cloud.endpoint)).send(new DescribeTableCommand({ TableName: 't' })),
    ],
    ['S3', () => new S3Client(clientOf(cloud.endpoint)).send(new ListBucketsCommand({}))],
    ['EC2', () => new EC2Client(clientOf(cloud.endpoint)).send(new DescribeRegionsCommand({}))],
  ])('returns an error that a client of %s shows to its user', async (name, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `The service ${name.toLowerCase()} is not supported by the local cloud`,
      $metadata: { httpStatusCode: 501 },
    });
  });

  test('names the port that is taken', async () => {
    const port = Number(new URL(cloud.endpoint).port);
    await expect(startGateway(port)).rejects.toThrow(`Port ${port} is taken`);
  });

  test('holds early requests until their service is ready, and withdraws a service', async () => {
    const service = Promise.withResolvers<{
      handle(request: unknown, response: { end(): void }): void;
      close(): Promise<void>;
    }>();
    cloud.gateway.serve('events', service.promise);
    const headers = { 'x-amz-target': 'AWSEvents.PutEvents' };
    const early = send({ method: 'POST', headers });
    service.resolve({ handle: (_, response) => response.end(), close: async () => {} });
    expect(await early).toBe(200);
    cloud.gateway.withdraw('events');
    expect(await send({ method: 'POST', headers })).toBe(503);
  });
});
