/** Distributed Maps through the API, with a real S3 server. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as sfn from '@aws-sdk/client-sfn';
import { buildApp } from 'fauxqs';
import {
  ended,
  eventTypes,
  type FakeLambda,
  fakeLambda,
  role,
  runMachine,
  type Served,
  serve,
  until,
} from '../testing/served.ts';

let close: () => Promise<void>;
let lambda: FakeLambda;
let behaviour: (event: unknown) => unknown;
let s3: S3Client;
let served: Served;
let client: sfn.SFNClient;

beforeAll(async () => {
  const storage = buildApp({ logger: false, host: '127.0.0.1', defaultRegion: 'us-east-1' });
  const url = await storage.listen({ host: '127.0.0.1', port: 0 });
  lambda = await fakeLambda((event) => behaviour(event));
  served = await serve({ endpoints: { s3: url, lambda: lambda.url } });
  client = served.client;
  s3 = new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await s3.send(new CreateBucketCommand({ Bucket: 'items' }));
  close = async () => {
    s3.destroy();
    await served.close();
    await lambda.close();
    await storage.close();
  };
});
afterAll(() => close());

const put = (Key: string, Body: string | Buffer) =>
  s3.send(new PutObjectCommand({ Bucket: 'items', Key, Body }));
const getText = async (Key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket: 'items', Key }))).Body?.transformToString() ?? '';

const pass = { Type: 'Pass', End: true };
const call = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true };
const map = (more: object, each: object = pass, after: object = {}) => ({
  StartAt: 'Map',
  States: {
    Map: {
      Type: 'Map',
      Label: 'Items',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Each',
        States: { Each: each },
      },
      End: true,
      ...more,
    },
    ...after,
  },
});
const reader = (Key: string, ReaderConfig: object) => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    Parameters: { Bucket: 'items', Key },
    ReaderConfig,
  },
});

const outputOf = async (definition: object, input: object = {}) => {
  const { status, output, error, cause } = await runMachine(client, definition, input);
  return status === 'SUCCEEDED' ? JSON.parse(output ?? '') : { error, cause };
};

async function start(definition: object, input: object) {
  const command = { name: crypto.randomUUID(), definition: JSON.stringify(definition), roleArn: role };
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand(command));
  const { executionArn } = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

async function mapRunOf(executionArn: string | undefined) {
  const { mapRuns } = await client.send(new sfn.ListMapRunsCommand({ executionArn }));
  const mapRunArn = mapRuns?.[0]?.mapRunArn;
  expect(mapRuns?.[0]?.stateMachineArn).toMatch(/:stateMachine:[^/:]+\/[^/:]+$/);
  return client.send(new sfn.DescribeMapRunCommand({ mapRunArn }));
}

describe('items from S3', () => {
  test('reads CSV with headers in its first row, JSON at a pointer, and lines of JSON', async () => {
    await put('in/a.csv', 'id,title\n1,"Tấm, Cám"\n2,\n');
    await put('in/b.json', '{"data":{"list":[{"n":1},[2],"ba"]}}');
    await put('in/c.jsonl', '{"n":1}\n\n{"n":2}\n');
    expect(
      await outputOf(map(reader('in/a.csv', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }))),
    ).toEqual([
      { id: '1', title: 'Tấm, Cám' },
      { id: '2', title: '' },
    ]);
    expect(
      await outputOf(map(reader('in/b.json', { InputType: 'JSON', ItemsPointer: '/data/list' }))),
    ).toEqual([{ n: 1 }, [2], 'ba']);
    expect(await outputOf(map(reader('in/c.jsonl', { InputType: 'JSONL', MaxItems: 1 })))).toEqual([
      { n: 1 },
    ]);
  });

  test('reads CSV with given headers and another delimiter', async () => {
    await put('in/d.csv', '1|x\n');
    const config = {
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['n', 't'],
      CSVDelimiter: 'PIPE',
    };
    expect(await outputOf(map(reader('in/d.csv', config)))).toEqual([{ n: '1', t: 'x' }]);
  });

  test('reads a listing of objects, in JSONata', async () => {
    await put('list/1 & ê.txt', 'one');
    await put('list/2.txt', 'three');
    const definition = map({
      QueryLanguage: 'JSONata',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: 'items', Prefix: '{% $states.input.prefix %}' },
      },
      ItemSelector: {
        key: '{% $states.context.Map.Item.Value.Key %}',
        size: '{% $states.context.Map.Item.Value.Size %}',
      },
      Output: '{% $states.result %}',
    });
    expect(await outputOf(definition, { prefix: 'list/' })).toEqual([
      { key: 'list/1 & ê.txt', size: 3 },
      { key: 'list/2.txt', size: 5 },
    ]);
  });

  test('reads the items in each listed object', async () => {
    await put('many/1.jsonl', '{"n":1}\n{"n":2}\n');
    await put('many/2.jsonl', '{"n":3}');
    await put('many/folder/', '');
    const config = { InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN', MaxItems: 5 };
    const { ItemReader } = reader('', config);
    const Parameters = { Bucket: 'items', Prefix: 'many/' };
    const listing = { ...ItemReader, Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters };
    expect(await outputOf(map({ ItemReader: listing }))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  test('reads the rows of an inventory', async () => {
    await put('inventory/1.csv.gz', gzipSync('"items","a b",3\n"items","c",4\n'));
    await put('inventory/2.csv.gz', gzipSync('"items","d",5\n'));
    const manifest = {
      sourceBucket: 'other',
      destinationBucket: 'arn:aws:s3:::items',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'inventory/1.csv.gz' }, { key: 'inventory/2.csv.gz' }],
    };
    await put('inventory/manifest.json', JSON.stringify(manifest));
    const rows = ['a b', 'c', 'd'].map((Key, index) => ({ Bucket: 'items', Key, Size: String(3 + index) }));
    for (const config of [{ InputType: 'MANIFEST' }, { ManifestType: 'S3_INVENTORY' }])
      expect(await outputOf(map(reader('inventory/manifest.json', config)))).toEqual(rows);
    await put('inventory/orc.json', JSON.stringify({ ...manifest, fileFormat: 'ORC' }));
    expect(await outputOf(map(reader('inventory/orc.json', { InputType: 'MANIFEST' })))).toEqual({
      error: 'States.ItemReaderFailed',
      cause: 'Inventories in ORC format are not supported by the local engine',
    });
    await put('inventory/broken.csv.gz', 'not compressed');
    const broken = { ...manifest, files: [{ key: 'inventory/broken.csv.gz' }] };
    await put('inventory/broken.json', JSON.stringify(broken));
    expect(await outputOf(map(reader('inventory/broken.json', { InputType: 'MANIFEST' })))).toMatchObject({
      error: 'States.ItemReaderFailed',
    });
  });

  test('reads the objects that a query of Athena made', async () => {
    await put('athena/1.gz', gzipSync('{"n":1}\n'));
    await put('athena/2', '{"n":2}\n');
    await put('athena/manifest.csv', 's3://items/athena/1.gz\ns3://items/athena/2\n');
    const config = { InputType: 'JSONL', ManifestType: 'ATHENA_DATA' };
    expect(await outputOf(map(reader('athena/manifest.csv', config)))).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('reads compressed objects, by their names', async () => {
    await put('in/e.jsonl.gz', gzipSync('{"n":1}\n'));
    await put('in/e.csv.zstd', zstdCompressSync('n\n2\n'));
    expect(await outputOf(map(reader('in/e.jsonl.gz', { InputType: 'JSONL' })))).toEqual([{ n: 1 }]);
    const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    expect(await outputOf(map(reader('in/e.csv.zstd', csv)))).toEqual([{ n: '2' }]);
  });

  test('reads an item of several megabytes, of which ItemSelector takes a part', async () => {
    await put('in/f.jsonl', JSON.stringify({ n: 1, rest: 'x'.repeat(5_000_000) }));
    const short = map({
      ...reader('in/f.jsonl', { InputType: 'JSONL' }),
      ItemSelector: { 'n.$': '$$.Map.Item.Value.n' },
    });
    expect(await outputOf(short)).toEqual([{ n: 1 }]);
    expect(await outputOf(map(reader('in/f.jsonl', { InputType: 'JSONL' })))).toMatchObject({
      error: 'States.ItemReaderFailed',
    });
  });

  test('tells in the context which object or bucket an item is from', async () => {
    await put('from/g.jsonl', '1\n');
    const ItemSelector = { 'source.$': '$$.Map.Item.Source' };
    expect(await outputOf(map({ ItemSelector }), [1])).toEqual([{ source: 'STATE_DATA' }]);
    const list = {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Parameters: { Bucket: 'items', Prefix: 'from/' },
      },
    };
    expect(await outputOf(map({ ...list, ItemSelector }))).toEqual([{ source: 'S3://items' }]);
    const object = reader('from/g.jsonl', { InputType: 'JSONL' });
    expect(await outputOf(map({ ...object, ItemSelector }))).toEqual([{ source: 'S3://items/from/g.jsonl' }]);
  });

  describe('in Parquet', () => {
    /** Made by DuckDB. */
    const putParquet = async (name: string) => {
      const file = await readFile(join(import.meta.dirname, '../testing/parquet', `${name}.parquet`));
      await put(`in/${name}.parquet`, file);
      return reader(`in/${name}.parquet`, { InputType: 'PARQUET' });
    };

    test.each(['snappy', 'gzip', 'zstd'])('reads rows of any type, compressed with %s', async (codec) => {
      const row = (id: number) => ({
        ...{ id, title: `Tấm ${id}`, price: id / 4, even: id === 2, page: id === 2 ? null : id },
        ...{ at: '2026-02-07T12:34:56.000Z', list: [id, id + 1], pair: { a: id, b: 'x' } },
      });
      expect(await outputOf(map(await putParquet(codec)))).toEqual([row(1), row(2)]);
    });

    test('reads one group of rows after the other, and no more than MaxItems', async () => {
      const groups = await putParquet('groups');
      groups.ItemReader.ReaderConfig = { ...groups.ItemReader.ReaderConfig, MaxItems: 4500 };
      const definition = map({ ...groups, ItemBatcher: { MaxItemsPerBatch: 1500 } });
      const batches = (await outputOf(definition)) as { Items: { n: number }[] }[];
      expect(batches.map(({ Items }) => Items.length)).toEqual([1500, 1500, 1500]);
      expect(batches.flatMap(({ Items }) => Items).map(({ n }) => n)).toEqual([...Array(4500).keys()]);
    });

    test.each([
      ['text', 'not a file of columns'],
      ['nothing', ''],
      ['a footer that is longer than the file', 'PAR1\xff\xff\xff\x7fPAR1'],
      ['a footer of other bytes', `PAR1${'\x01'.repeat(40)}\x28\0\0\0PAR1`],
    ])('fails the state with a named error for %s', async (_name, content) => {
      await put('in/bad.parquet', Buffer.from(content, 'latin1'));
      expect(await outputOf(map(reader('in/bad.parquet', { InputType: 'PARQUET' })))).toMatchObject({
        error: 'States.ItemReaderFailed',
      });
    });

    test('fails the state for an object that is missing, in the words of S3', async () => {
      expect(await outputOf(map(reader('in/none.parquet', { InputType: 'PARQUET' })))).toMatchObject({
        error: 'States.ItemReaderFailed',
        cause: expect.stringContaining('NoSuchKey'),
      });
    });
  });

  test('two CSV columns of one name fail the state, given or read', async () => {
    await put('in/twice.csv', 'a,b,a\n1,2,3\n');
    const twice = { error: 'States.ItemReaderFailed', cause: 'CSV headers cannot contain duplicates.' };
    for (const config of [
      { CSVHeaderLocation: 'FIRST_ROW' },
      { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y', 'x'] },
    ])
      expect(await outputOf(map(reader('in/twice.csv', { InputType: 'CSV', ...config })))).toEqual(twice);
  });

  test('a CSV header of more than 10 KiB fails the state, given or read', async () => {
    const [name, longest] = ['a'.repeat(10 * 1024 + 1), 'b'.repeat(10 * 1024)];
    await put('in/long-header.csv', `${name}\n1\n`);
    await put('in/longest-header.csv', `${longest}\n1\n`);
    const firstRow = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    for (const config of [firstRow, { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: [name] }])
      expect(await outputOf(map(reader('in/long-header.csv', config)))).toEqual({
        error: 'States.ItemReaderFailed',
        cause: 'CSV headers cannot be longer than 10240 bytes.',
      });
    expect(await outputOf(map(reader('in/longest-header.csv', firstRow)))).toEqual([{ [longest]: '1' }]);
  });

  test('a missing object or a file without items fails the state with a named error', async () => {
    await put('in/no-items.json', '1');
    expect(await outputOf(map(reader('in/none.json', { InputType: 'JSON' })))).toEqual({
      error: 'States.ItemReaderFailed',
      cause: expect.stringContaining('NoSuchKey'),
    });
    const caught = { Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Done' }] };
    const definition = map({ ...reader('in/no-items.json', { InputType: 'JSON' }), ...caught }, pass, {
      Done: { Type: 'Succeed' },
    });
    expect(await outputOf(definition)).toEqual({
      Error: 'States.ItemReaderFailed',
      Cause: 'Attempting to map over non-iterable node.',
    });
  });
});

describe('an object', () => {
  const selected = {
    'key.$': '$$.Map.Item.Key',
    'value.$': '$$.Map.Item.Value',
    'index.$': '$$.Map.Item.Index',
  };

  test('gives its members as keys and values', async () => {
    const input = { object: { b: 1, a: { x: [] } } };
    expect(await outputOf(map({ ItemsPath: '$.object' }), input)).toEqual([
      { Key: 'b', Value: 1 },
      { Key: 'a', Value: { x: [] } },
    ]);
    expect(await outputOf(map({ ItemsPath: '$.object', ItemSelector: selected }), input)).toEqual([
      { key: 'b', value: 1, index: 0 },
      { key: 'a', value: { x: [] }, index: 1 },
    ]);
  });

  test('gives its members in JSONata', async () => {
    const items = { QueryLanguage: 'JSONata', Items: '{% $states.input.object %}' };
    const definition = map({
      ...items,
      ItemSelector: '{% $states.context.Map.Item.Key & $states.context.Map.Item.Value %}',
    });
    expect(await outputOf(definition, { object: { b: 1, a: 2 } })).toEqual(['b1', 'a2']);
  });
});

test('an object in the definition gives its members, and Arguments of S3 can be an expression', async () => {
  const definition = { QueryLanguage: 'JSONata', ...map({ Items: { b: 1, a: '{% 1 + 1 %}' } }) };
  expect(await outputOf(definition)).toEqual([
    { Key: 'b', Value: 1 },
    { Key: 'a', Value: 2 },
  ]);
  await put('expression.json', '[1,2]');
  const ItemReader = {
    Resource: 'arn:aws:states:::s3:getObject',
    Arguments: '{% $states.input.object %}',
    ReaderConfig: { InputType: 'JSON' },
  };
  const read = { QueryLanguage: 'JSONata', ...map({ ItemReader }) };
  expect(await outputOf(read, { object: { Bucket: 'items', Key: 'expression.json' } })).toEqual([1, 2]);
});

describe('children', () => {
  test('are separate executions, listed by their run, at most MaxConcurrency at a time', async () => {
    let [running, most] = [0, 0];
    behaviour = async (event) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return event;
    };
    const items = Array.from({ length: 12 }, (_, index) => index);
    const executionArn = await start(map({ MaxConcurrency: 3, ItemsPath: '$.items' }, call), { items });
    expect(JSON.parse((await ended(client, executionArn)).output ?? '')).toEqual(items);
    expect(most).toBe(3);
    const run = await mapRunOf(executionArn);
    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      maxConcurrency: 3,
      itemCounts: { total: 12, succeeded: 12, failed: 0, pending: 0 },
    });
    expect(run.mapRunArn).toContain('/Items:');
    // Only the list of runs names the machine.
    const raw = await fetch(served.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.DescribeMapRun' },
      body: JSON.stringify({ mapRunArn: run.mapRunArn }),
    });
    expect(await raw.json()).not.toHaveProperty('stateMachineArn');
    const { executions = [] } = await client.send(
      new sfn.ListExecutionsCommand({ mapRunArn: run.mapRunArn }),
    );
    expect(executions).toHaveLength(12);
    expect(executions[0]?.executionArn).toContain('/Items:');
    const child = executions[4]?.executionArn;
    expect(await client.send(new sfn.DescribeExecutionCommand({ executionArn: child }))).toMatchObject({
      mapRunArn: run.mapRunArn,
      input: '4',
    });
    expect(await eventTypes(client, child)).toContain('LambdaFunctionSucceeded');
  });

  test('get batches and the shared BatchInput', async () => {
    const definition = map({
      ItemsPath: '$.items',
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'name.$': '$.name' } },
    });
    expect(await outputOf(definition, { items: [1, 2, 3], name: 'n' })).toEqual([
      { BatchInput: { name: 'n' }, Items: [1, 2] },
      { BatchInput: { name: 'n' }, Items: [3] },
    ]);
  });

  test.each<[limits: object, batches: unknown[][]]>([
    [{ MaxInputBytesPerBatch: '{"Items":[1,2]}'.length }, [[1, 2], [3, 4], [5]]],
    [{ MaxInputBytesPerBatch: '{"Items":[1,2]}'.length - 1 }, [[1], [2], [3], [4], [5]]],
    [{ MaxInputBytesPerBatch: '{"Items":[1,2,3]}'.length, MaxItemsPerBatch: 2 }, [[1, 2], [3, 4], [5]]],
    [{ MaxInputBytesPerBatch: '{"Items":[1,2]}'.length, MaxItemsPerBatch: 4 }, [[1, 2], [3, 4], [5]]],
  ])('get batches within %j', async (ItemBatcher, batches) => {
    const output = await outputOf(map({ ItemsPath: '$.items', ItemBatcher }), { items: [1, 2, 3, 4, 5] });
    expect(output.map(({ Items }: { Items: unknown[] }) => Items)).toEqual(batches);
  });

  test('of two Maps in a row have separate items', async () => {
    const first = map({ ItemsPath: '$.items', ResultPath: '$.first', Next: 'Other', End: undefined }).States
      .Map;
    const definition = map({ ItemsPath: '$.others' });
    const renamed = JSON.parse(JSON.stringify(definition.States.Map).replaceAll('Each', 'Last')) as object;
    const states = { StartAt: 'Map', States: { Map: first, Other: { ...renamed, Label: 'Others' } } };
    const twice = { StartAt: 'Map', States: { Map: first, Other: renamed } };
    await expect(start(twice, {})).rejects.toThrow('Duplicate Label name: Items at /States/Other/Label');
    expect(await outputOf(states, { items: [1, 2], others: [3] })).toEqual([3]);
  });

  test('of a Map without a label have a UUID in its place', async () => {
    const executionArn = await start(map({ ItemsPath: '$.items', Label: undefined }), { items: [1] });
    await ended(client, executionArn);
    const { mapRunArn } = await mapRunOf(executionArn);
    const [, label] = /\/([0-9a-f-]{36}):[0-9a-f-]{36}$/.exec(mapRunArn ?? '') ?? [];
    const { executions } = await client.send(new sfn.ListExecutionsCommand({ mapRunArn }));
    expect(executions?.[0]?.stateMachineArn?.endsWith(`/${label}`)).toBe(true);
  });

  test('get batches whose BatchInput is an expression', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      ...map({ Items: [1, 2], ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: '{% $states.input.all %}' } }),
    };
    expect(await outputOf(definition, { all: [7] })).toEqual([{ BatchInput: [7], Items: [1, 2] }]);
  });

  test('do not see the variables of their parent', async () => {
    const definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'Map' },
        ...map({ ItemsPath: '$.items' }, { ...pass, Parameters: { 'x.$': '$x' } }).States,
      },
    };
    expect(await outputOf(definition, { items: [1] })).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  test('can fail up to the tolerated number', async () => {
    behaviour = (event) => {
      if (event === 2) throw Object.assign(new Error('two'), { name: 'Two' });
      return event;
    };
    const input = { items: [1, 2, 3, 4] };
    expect(
      await outputOf(map({ ItemsPath: '$.items', ToleratedFailurePercentage: 25 }, call), input),
    ).toEqual([1, 3, 4]);
    const executionArn = await start(
      map({ ItemsPath: '$.items', ToleratedFailurePercentage: 24.5 }, call),
      input,
    );
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
    expect((await eventTypes(client, executionArn)).slice(-3)).toEqual([
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect((await mapRunOf(executionArn)).status).toBe('FAILED');
  });

  test('stop with their parent', async () => {
    const wait = { Type: 'Wait', Seconds: 3600, End: true };
    const executionArn = await start(map({ ItemsPath: '$.items', MaxConcurrency: 1 }, wait), {
      items: [1, 2],
    });
    await until(async () => (await eventTypes(client, executionArn)).includes('MapRunStarted'));
    await until(async () => (await mapRunOf(executionArn)).itemCounts?.running === 1);
    await client.send(new sfn.StopExecutionCommand({ executionArn }));
    await until(async () => (await mapRunOf(executionArn)).itemCounts?.aborted === 1);
    expect(await mapRunOf(executionArn)).toMatchObject({ status: 'ABORTED', itemCounts: { pending: 1 } });
  });

  test('run again on a redrive only if they failed', async () => {
    let broken = true;
    lambda.calls.length = 0;
    behaviour = (event) => {
      if (broken && event === 2) throw new Error('broken');
      return event;
    };
    const executionArn = await start(map({ ItemsPath: '$.items', MaxConcurrency: 1 }, call), {
      items: [1, 2, 3],
    });
    expect((await ended(client, executionArn)).status).toBe('FAILED');
    broken = false;
    const { mapRunArn } = await mapRunOf(executionArn);
    const { executions = [] } = await client.send(
      new sfn.ListExecutionsCommand({ mapRunArn, statusFilter: 'FAILED' }),
    );
    const child = { executionArn: executions[0]?.executionArn };
    expect(await client.send(new sfn.DescribeExecutionCommand(child))).toMatchObject({
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
    await expect(client.send(new sfn.RedriveExecutionCommand(child))).rejects.toThrow('its Map Run');
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    expect(JSON.parse((await ended(client, executionArn)).output ?? '')).toEqual([1, 2, 3]);
    expect(lambda.calls.map(({ event }) => event)).toEqual([1, 2, 2, 3]);
    expect(await eventTypes(client, executionArn)).toContain('MapRunRedriven');
    expect(await mapRunOf(executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  });

  test('of type EXPRESS run again from their first state on a redrive', async () => {
    let broken = true;
    lambda.calls.length = 0;
    behaviour = (event) => {
      if (broken && lambda.calls.length > 1) throw new Error('broken');
      return event;
    };
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'First',
      States: { First: { ...call, End: undefined, Next: 'Second' }, Second: call },
    };
    const executionArn = await start(map({ ItemsPath: '$.items', ItemProcessor }), { items: [1] });
    expect((await ended(client, executionArn)).status).toBe('FAILED');
    broken = false;
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    expect((await ended(client, executionArn)).output).toBe('[1]');
    expect(lambda.calls).toHaveLength(4);
  });

  test('whose outputs are too large together run again in a new run on a redrive', async () => {
    const large = { ...pass, Parameters: { 'a.$': 'States.ArrayRange(1000000, 1000999, 1)' } };
    const items = Array.from({ length: 40 }, (_, index) => index);
    const executionArn = await start(map({ ItemsPath: '$.items' }, large), { items });
    expect(await ended(client, executionArn)).toMatchObject({ error: 'States.DataLimitExceeded' });
    const before = (await mapRunOf(executionArn)).mapRunArn;
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    expect(await ended(client, executionArn)).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect((await mapRunOf(executionArn)).mapRunArn).not.toBe(before);
    expect(await eventTypes(client, executionArn)).not.toContain('MapRunRedriven');
  });

  test('run in larger number after UpdateMapRun', async () => {
    const wait = { Type: 'Wait', Seconds: 3600, End: true };
    const executionArn = await start(map({ ItemsPath: '$.items', MaxConcurrency: 1 }, wait), {
      items: [1, 2, 3],
    });
    await until(async () => (await eventTypes(client, executionArn)).includes('MapRunStarted'));
    await until(async () => (await mapRunOf(executionArn)).itemCounts?.running === 1);
    const { mapRunArn } = await mapRunOf(executionArn);
    await client.send(new sfn.UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 }));
    expect((await mapRunOf(executionArn)).itemCounts).toMatchObject({ running: 2, pending: 1 });
    await client.send(new sfn.StopExecutionCommand({ executionArn }));
  });
});

describe('results', () => {
  const writer = (more: object = {}) => ({
    ItemsPath: '$.items',
    ToleratedFailureCount: 1,
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'items', Prefix: 'out' },
      ...more,
    },
  });

  test('are written to S3 with a manifest, including those of failed children', async () => {
    behaviour = (event) => {
      if (event === 2) throw Object.assign(new Error('two'), { name: 'Two' });
      return { done: event };
    };
    const output = await outputOf(map(writer(), call), { items: [1, 2, 3] });
    const { Bucket, Key } = output.ResultWriterDetails;
    const described = await client.send(new sfn.DescribeMapRunCommand({ mapRunArn: output.MapRunArn }));
    expect(described.itemCounts).toMatchObject({ succeeded: 2, failed: 1, resultsWritten: 3 });
    // AWS shows a Map without a limit so.
    expect(described.maxConcurrency).toBe(2_147_483_647);
    expect(Bucket).toBe('items');
    const manifest = JSON.parse(await getText(Key));
    expect(manifest).toMatchObject({ DestinationBucket: 'items', MapRunArn: output.MapRunArn });
    const { SUCCEEDED, FAILED, PENDING } = manifest.ResultFiles;
    expect(PENDING).toEqual([]);
    expect(JSON.parse(await getText(SUCCEEDED[0].Key))).toMatchObject([
      { Input: '1', Output: '{"done":1}', Status: 'SUCCEEDED' },
      { Input: '3', Output: '{"done":3}', Status: 'SUCCEEDED' },
    ]);
    expect(JSON.parse(await getText(FAILED[0].Key))).toMatchObject([
      { Input: '2', Error: 'Two', Status: 'FAILED' },
    ]);
  });

  test('name the items without a child when the run has failed', async () => {
    behaviour = () => {
      throw new Error('broken');
    };
    const executionArn = await start(
      map({ ...writer(), ToleratedFailureCount: 0, MaxConcurrency: 1 }, call),
      {
        items: [1, 2, 3],
      },
    );
    await ended(client, executionArn);
    const { mapRunArn = '' } = await mapRunOf(executionArn);
    const folder = `out/${mapRunArn.split(':').at(-1)}`;
    const { PENDING, FAILED } = JSON.parse(await getText(`${folder}/manifest.json`)).ResultFiles;
    expect(JSON.parse(await getText(FAILED[0].Key))).toHaveLength(1);
    expect(JSON.parse(await getText(PENDING[0].Key))).toMatchObject([
      { Input: '2', Status: 'PENDING' },
      { Input: '3', Status: 'PENDING' },
    ]);
  });

  test('are descriptions of the children, with whether they can be redriven, without a transformation', async () => {
    const ResultWriter = { WriterConfig: { Transformation: 'NONE', OutputType: 'JSON' } };
    expect(await outputOf(map({ ItemsPath: '$.items', ResultWriter }), { items: [1] })).toEqual([
      {
        ExecutionArn: expect.any(String),
        Input: '1',
        InputDetails: { Included: true },
        Name: expect.any(String),
        Output: '1',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: expect.any(String),
        StateMachineArn: expect.any(String),
        Status: 'SUCCEEDED',
        StopDate: expect.any(String),
      },
    ]);
  });

  test('contain only the outputs, as lines, when the writer says so', async () => {
    const config = { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' } };
    const output = await outputOf(map(writer(config)), { items: [[1, 2], [3]] });
    const manifest = JSON.parse(await getText(output.ResultWriterDetails.Key));
    expect(await getText(manifest.ResultFiles.SUCCEEDED[0].Key)).toBe('1\n2\n3\n');
  });

  test('that cannot be written fail the state with a named error', async () => {
    const parameters = { Parameters: { Bucket: 'nowhere' } };
    expect(await outputOf(map(writer(parameters)), { items: [1] })).toMatchObject({
      error: 'States.ResultWriterFailed',
    });
  });
});
