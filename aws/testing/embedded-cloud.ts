import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { startFauxqs } from 'fauxqs';
import { recordConformance } from 'local-aws/conformance';

/** Points the SDK at an address; must run before a client is created, so tests import their subject afterwards. */
function pointSdkAt(variable: string, port: number): void {
  process.env[variable] = `http://127.0.0.1:${port}`;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
}

/**
 * Starts DynamoDB in memory with the given tables (name → partition key); returns a function that stops it, and fails
 * for requests that AWS's model does not allow.
 */
export async function startTables(tables: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  pointSdkAt('AWS_ENDPOINT_URL_DYNAMODB', (server.address() as AddressInfo).port);
  const { CreateTableCommand } = await import('@aws-sdk/client-dynamodb');
  const { dynamodb } = await import('../clients/dynamodb.ts');
  for (const [TableName, key] of Object.entries(tables)) {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      }),
    );
  }
  const conformance = recordConformance();
  server.prependListener('request', (request, response) => {
    void conformance.middleware('dynamodb', request, response);
  });
  return async () => {
    dynamodb.destroy();
    server.close();
    expect(conformance.problems()).toEqual([]);
  };
}

/** Starts S3 in memory with one bucket; returns a function that stops it. */
export async function startBucket(bucket: string): Promise<() => Promise<void>> {
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  pointSdkAt('AWS_ENDPOINT_URL_S3', server.port);
  const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
  const { s3 } = await import('../clients/s3.ts');
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return async () => {
    s3.destroy();
    await server.stop();
  };
}
