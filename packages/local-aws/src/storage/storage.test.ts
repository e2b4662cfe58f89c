import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Upload } from '@aws-sdk/lib-storage';
import { jest } from '@jest/globals';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf, eventually } from '../testing.ts';
import { signature } from '../wire.ts';
import { levelOfDynalite } from './closed-iterators.ts';
import { startDynamoDb } from './dynamodb.ts';
import { startObjectStorage } from './object-storage.ts';

let cloud: UnderTest;
beforeEach(async () => {
  cloud = await startUnderTest();
});
afterEach(() => cloud.end());

let told: unknown[] = [];
beforeEach(() => {
  told = [];
});

async function startS3() {
  const storage = await startObjectStorage(join(cloud.folder, 'storage'), account, {
    objectWritten: (bucket, key) => told.push([bucket, key]),
    published: (message) => told.push(message),
  });
  cloud.gateway.serve('s3', storage.s3);
  cloud.gateway.serve('sns', storage.messaging);
  const { endpoint } = cloud;
  return {
    close: storage.s3.close,
    s3: new S3Client(clientOf(endpoint)),
    sns: new SNSClient(clientOf(endpoint)),
  };
}

describe('DynamoDB', () => {
  async function start() {
    const service = await startDynamoDb(join(cloud.folder, 'dynamodb'), (name) => told.push(name));
    cloud.gateway.serve('dynamodb', service);
    return { service, client: new DynamoDBClient(clientOf(cloud.endpoint)) };
  }
  const table = {
    TableName: 'jobs',
    KeySchema: [{ AttributeName: 'job_id', KeyType: 'HASH' as const }],
    AttributeDefinitions: [{ AttributeName: 'job_id', AttributeType: 'S' as const }],
    BillingMode: 'PAY_PER_REQUEST' as const,
  };
  const Key = { job_id: { S: 'job-1' } };
  async function createTable(client: DynamoDBClient): Promise<void> {
    await client.send(new CreateTableCommand(table));
    await eventually('the table', async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: 'jobs' }));
      return Table?.TableStatus === 'ACTIVE';
    });
  }

  test('keeps items over a restart and checks conditions', async () => {
    const first = await start();
    await createTable(first.client);
    await first.client.send(new PutItemCommand({ TableName: 'jobs', Item: { ...Key, n: { N: '1' } } }));
    await first.service.close();
    const { service, client } = await start();
    const { Item } = await client.send(new GetItemCommand({ TableName: 'jobs', Key }));
    expect(Item).toEqual({ ...Key, n: { N: '1' } });
    const update = new UpdateItemCommand({
      TableName: 'jobs',
      Key,
      UpdateExpression: 'ADD n :one',
      ConditionExpression: 'n = :none',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':none': { N: '0' } },
    });
    await expect(client.send(update)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await service.close();
  });

  test('reports the table of a write, and survives one that it rejects', async () => {
    const { service, client } = await start();
    await createTable(client);
    for (const body of ['', '{', 'null', '{"TableName":"jobs"}']) {
      const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem', ...signature('dynamodb', 'us-east-1') };
      const { status } = await fetch(cloud.endpoint, { method: 'POST', headers, body });
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect(told).toEqual([]);
    await client.send(new PutItemCommand({ TableName: 'jobs', Item: Key }));
    expect(told).toEqual(['jobs']);
    await service.close();
  });

  test('names an operation that dynalite does not support', async () => {
    const { service, client } = await start();
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow(
      'dynamodb:TransactWriteItems is not supported by the local cloud',
    );
    await service.close();
  });

  test('closes its readers, which would keep the memory of the database', async () => {
    const { service, client } = await start();
    await createTable(client);
    await client.send(new PutItemCommand({ TableName: 'jobs', Item: Key }));
    const closed = jest.spyOn(levelOfDynalite().AbstractValueIterator.prototype, 'close');
    const rounds = 3;
    for (let round = 0; round < rounds; round++) {
      await client.send(new ScanCommand({ TableName: 'jobs' }));
      await client.send(
        new QueryCommand({
          TableName: 'jobs',
          KeyConditionExpression: 'job_id = :id',
          ExpressionAttributeValues: { ':id': Key.job_id },
        }),
      );
    }
    await eventually('all readers to be closed', () => closed.mock.calls.length >= 2 * rounds);
    closed.mockRestore();
    await service.close();
  });

  test('a reader that has not ended when the database closes is not an error', async () => {
    const { service, client } = await start();
    await createTable(client);
    await client.send(new PutItemCommand({ TableName: 'jobs', Item: Key }));
    const { prototype } = levelOfDynalite().AbstractValueIterator;
    const { next } = prototype;
    const closing = Promise.withResolvers<void>();
    const reading = jest.spyOn(prototype, 'next').mockImplementation(async function (this: typeof prototype) {
      await closing.promise;
      return next.call(this);
    });
    const leaving = new AbortController();
    const scan = client.send(new ScanCommand({ TableName: 'jobs' }), { abortSignal: leaving.signal });
    await eventually('a reader', () => reading.mock.calls.length > 0);
    leaving.abort();
    await expect(scan).rejects.toThrow();
    await service.close();
    closing.resolve();
    // Jest fails the test if dynalite throws where nothing can catch it.
    await Promise.allSettled(reading.mock.results.map(({ value }) => Promise.race([value, setImmediate()])));
    await setImmediate();
    reading.mockRestore();
  });

  test('requests whose clients have left end before the database closes', async () => {
    const { service, client } = await start();
    await createTable(client);
    const leaving = new AbortController();
    const puts = Array.from({ length: 40 }, (_, number) =>
      client.send(new PutItemCommand({ TableName: 'jobs', Item: { job_id: { S: `job-${number}` } } }), {
        abortSignal: leaving.signal,
      }),
    );
    await Promise.any(puts);
    leaving.abort();
    // Jest fails the test if dynalite throws where nothing can catch it.
    await service.close();
    await Promise.allSettled(puts);
    await setImmediate();
  });

  test('survives a client that disconnects during its request', async () => {
    const { service, client } = await start();
    const { port } = new URL(cloud.endpoint);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          'POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 100\r\n\r\n{',
          () => socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
    await client.send(new CreateTableCommand(table));
    await service.close();
  });
});

describe('S3', () => {
  test('writes only if the condition of the write holds', async () => {
    const { s3, close } = await startS3();
    await s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    const put = (Body: string, condition: { IfMatch?: string; IfNoneMatch?: string }) =>
      s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key: 'thư mục/a+b', Body, ...condition }));
    await expect(put('a', { IfMatch: '"1"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const { ETag = '' } = await put('a', { IfNoneMatch: '*' });
    await expect(put('b', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    await put('b', { IfMatch: ETag });
    await expect(put('c', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('c', { IfNoneMatch: ETag })).rejects.toMatchObject({ name: 'NotImplemented' });
    await close();
  });

  test('stores and returns objects, small and in parts, and keeps them over a restart', async () => {
    const first = await startS3();
    await first.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    const Body = Buffer.alloc(11 * 1024 * 1024, 'contents');
    await first.s3.send(
      new PutObjectCommand({ Bucket: 'artifacts', Key: 'jobs/job-1/a b.json', Body: '{}' }),
    );
    await new Upload({
      client: first.s3,
      params: { Bucket: 'artifacts', Key: 'jobs/job-1/video.mp4', Body },
    }).done();
    await first.close();
    const { s3, close } = await startS3();
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'artifacts', Prefix: 'jobs/' }),
    );
    expect(Contents.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['jobs/job-1/a b.json', 2],
      ['jobs/job-1/video.mp4', Body.length],
    ]);
    const ranged = await s3.send(
      new GetObjectCommand({ Bucket: 'artifacts', Key: 'jobs/job-1/video.mp4', Range: 'bytes=8-15' }),
    );
    expect(await ranged.Body?.transformToString()).toBe('contents');
    await close();
  });

  test('refuses requests that it would misinterpret', async () => {
    const { s3, close } = await startS3();
    await s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'artifacts' }))).rejects.toThrow(
      's3: GET ?policy is not supported by the local cloud',
    );
    const large = new PutObjectCommand({ Bucket: 'artifacts', Key: 'large', Body: Buffer.alloc(12_000_000) });
    await expect(s3.send(large)).rejects.toMatchObject({ name: 'EntityTooLarge' });
    const up = new PutObjectCommand({ Bucket: 'artifacts', Key: 'a/../../../up', Body: 'x' });
    await expect(s3.send(up)).rejects.toThrow();
    expect(existsSync(join(cloud.folder, 'storage', 'up.data'))).toBe(false);
    await close();
  });

  test('stores a key up to the length that a file can have, and refuses a longer one with the error of S3', async () => {
    const { close, s3 } = await startS3();
    await s3.send(new CreateBucketCommand({ Bucket: 'keys' }));
    const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: 'keys', Key, Body: 'x' }));
    const part = '漢'.repeat(81);
    const longest = `${part}aa/${part}/${part}/${part}/x`;
    await put(longest);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'keys' }));
    expect(Contents.map(({ Key }) => Key)).toEqual([longest]);
    for (const key of [`${part}aaa`, `${part}aaa/x`, `${'a/'.repeat(512)}x`]) {
      await expect(put(key)).rejects.toMatchObject({ name: 'KeyTooLongError' });
      const upload = new Upload({
        client: s3,
        params: { Bucket: 'keys', Key: key, Body: Buffer.alloc(6e6) },
      });
      await expect(upload.done()).rejects.toMatchObject({ name: 'KeyTooLongError' });
      const get = s3.send(new GetObjectCommand({ Bucket: 'keys', Key: key }));
      await expect(get).rejects.toMatchObject({ name: key.length > 1024 ? 'KeyTooLongError' : 'NoSuchKey' });
    }
    await close();
  });

  test('an error of the disk, as when it is full, reaches the client in words', async () => {
    const { s3, close } = await startS3();
    await s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    const folder = join(cloud.folder, 'storage/objects/buckets/artifacts');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'not a folder');
    const put = new PutObjectCommand({ Bucket: 'artifacts', Key: 'video.mp4', Body: 'x' });
    const error = await s3.send(put).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/ENOTDIR: not a directory/) });
    s3.destroy();
    await close();
  });

  test('restarts after a kill during a write', async () => {
    const first = await startS3();
    await first.s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    for (const Key of ['whole', 'cut', 'other'])
      await first.s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key, Body: 'body' }));
    const objects = join(cloud.folder, 'storage', 'objects');
    const folder = join(objects, 'buckets', 'artifacts', 'objects');
    await first.close();
    writeFileSync(join(objects, 'in-use'), '');
    writeFileSync(join(folder, 'cut.meta.json'), readFileSync(join(folder, 'cut.meta.json')).subarray(0, 20));
    writeFileSync(join(folder, 'other.data'), 'longer than described');
    const { s3, close } = await startS3();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'artifacts' }));
    expect(Contents.map(({ Key }) => Key)).toEqual(['whole']);
    await close();
    expect(existsSync(join(objects, 'in-use'))).toBe(false);
  });
});

test('S3 lists every key and folder once and in the order of its bytes, over pages of any size', async () => {
  const { s3, close } = await startS3();
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  // Words would be ordered as a, B, é, z; and the two last differ in the order of UTF-16 and of UTF-8.
  const names = ['B', 'Z', 'a', 'b-1', 'b-10', 'b1', 'é', '\uFF5E', '😀'];
  const keys = [...names, ...names.flatMap((name) => [`${name}/1`, `${name}/2`])];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body: 'x' }));
  const inBytes = (all: string[]) => all.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  async function listed(pageSize: number, Delimiter?: string) {
    const found: { keys: string[]; folders: string[] } = { keys: [], folders: [] };
    for await (const page of paginateListObjectsV2(
      { client: s3, pageSize },
      { Bucket: 'files', Delimiter },
    )) {
      found.keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
      found.folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
    }
    return found;
  }
  for (const size of [1, 2, 5, 1000]) {
    expect(await listed(size)).toEqual({ keys: inBytes([...keys]), folders: [] });
    const folders = inBytes(names.map((name) => `${name}/`));
    expect(await listed(size, '/')).toEqual({ keys: inBytes([...names]), folders });
  }
  await close();
});

test('SNS keeps its topics over a restart and accepts messages', async () => {
  const first = await startS3();
  const { TopicArn } = await first.sns.send(new CreateTopicCommand({ Name: 'errors' }));
  expect(TopicArn).toMatch(/^arn:aws:sns:us-east-1:\d{12}:errors$/);
  await first.close();
  const { sns, close } = await startS3();
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  expect(Topics).toEqual([{ TopicArn }]);
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Subject: 's', Message: 'm' }));
  expect(told).toEqual([{ topicArn: TopicArn, subject: 's', text: 'm' }]);
  expect(MessageId).toBeDefined();
  await close();
});
