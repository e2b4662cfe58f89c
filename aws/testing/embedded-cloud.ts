import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { recordConformance } from 'local-aws/conformance';
import { startS3 } from 'local-aws/testing';

/** Points the SDK at an address; must run before a client is created, so tests import their subject afterwards. */
function pointSdkAt(variable: string, endpoint: string): void {
  process.env[variable] = endpoint;
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
  const { port } = server.address() as AddressInfo;
  pointSdkAt('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
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

/** Starts S3 with one bucket; returns a function that stops it. */
export async function startBucket(bucket: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bucket-'));
  const server = await startS3(folder);
  pointSdkAt('AWS_ENDPOINT_URL_S3', server.endpoint);
  const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
  const { s3 } = await import('../clients/s3.ts');
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return async () => {
    s3.destroy();
    await server.close();
    await rm(folder, { recursive: true });
  };
}
