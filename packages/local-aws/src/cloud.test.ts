import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateVpcCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient, ListLayersCommand } from '@aws-sdk/client-lambda';
import { GetBucketAclCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  ListTopicsCommand,
  PublishCommand,
  SetSMSAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { localAccountId, stateMachineArn } from './account.ts';
import { startCloud } from './cloud.ts';
import type { Cloud } from './cloud-interface.ts';
import type { CloudOptions } from './cloud-options.ts';
import { recordConformance } from './conformance/index.ts';
import { eventually } from './testing.ts';
import { callJson, signature } from './wire.ts';

let folder: string;
let cloud: Cloud | undefined;
const conformance = recordConformance();
const day = 86_400_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-aws-test-'));
});
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => expect(conformance.problems()).toEqual([]));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function start(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  cloud = await startCloud({
    middleware: conformance.middleware,
    stateDirectory: join(folder, 'state'),
    ...options,
  });
  return cloud;
}

const echo = () => ({
  name: 'echo',
  file: write('echo.ts', 'export const handler = (event: unknown) => event;'),
});
const table = {
  TableName: 'pages',
  KeySchema: [{ AttributeName: 'page', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'page', AttributeType: 'S' as const }],
};
const passing = (output: string) =>
  JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Pass', Result: output, End: true } } });

test('has everything that is given as data, and keeps its contents over a restart', async () => {
  const content = { functions: [echo()], tables: [table], buckets: ['files'], topics: ['news'] };
  const told: unknown[] = [];
  const { clientOptions } = await start({
    ...content,
    observer: {
      tableWritten: (name) => told.push(name),
      objectWritten: (bucket, key) => told.push(`${bucket}/${key}`),
      published: ({ text }) => told.push(text),
    },
  });
  const invoked = await new LambdaClient(clientOptions).send(
    new InvokeCommand({ FunctionName: 'echo', Payload: '{"a":1}' }),
  );
  expect(invoked.Payload?.transformToString()).toBe('{"a":1}');
  await new DynamoDBClient(clientOptions).send(
    new PutItemCommand({ TableName: 'pages', Item: { page: { S: 'home' } } }),
  );
  await new S3Client(clientOptions).send(
    new PutObjectCommand({ Bucket: 'files', Key: 'a/b.txt', Body: 'text' }),
  );
  const TopicArn = `arn:aws:sns:us-east-1:${localAccountId}:news`;
  await new SNSClient(clientOptions).send(new PublishCommand({ TopicArn, Message: 'hello' }));
  // The bucket itself is the first write.
  expect(told).toEqual(['files/', 'pages', 'files/a/b.txt', 'hello']);

  await cloud?.close();
  const { clientOptions: later } = await start(content);
  const item = await new DynamoDBClient(later).send(
    new GetItemCommand({ TableName: 'pages', Key: { page: { S: 'home' } } }),
  );
  expect(item.Item).toEqual({ page: { S: 'home' } });
  const object = await new S3Client(later).send(new GetObjectCommand({ Bucket: 'files', Key: 'a/b.txt' }));
  expect(await object.Body?.transformToString()).toBe('text');
});

test('topics, queues and callers have the one account of the cloud, and messages arrive as they were sent', async () => {
  const { clientOptions: options, endpoint } = await start({ topics: ['news'] });
  const sqs = async (operation: string, input: object) => {
    const headers = {
      ...signature('sqs', 'us-east-1'),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    };
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
    return (await response.json()) as {
      QueueUrl: string;
      Attributes: { QueueArn: string };
      Messages: { Body: string; ReceiptHandle: string }[];
    };
  };
  const sns = new SNSClient(options);
  const { Topics } = await sns.send(new ListTopicsCommand({}));
  const { Account } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
  const { QueueUrl } = await sqs('CreateQueue', { QueueName: 'box' });
  const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  expect([Topics?.[0]?.TopicArn, Account, QueueUrl, Attributes.QueueArn]).toEqual([
    `arn:aws:sns:us-east-1:${localAccountId}:news`,
    localAccountId,
    expect.stringMatching(`/${localAccountId}/box$`),
    `arn:aws:sqs:us-east-1:${localAccountId}:box`,
  ]);
  const MessageBody = `000000000000 arn:aws:sns:us-east-1:${localAccountId}:news`;
  await sqs('SendMessage', { QueueUrl, MessageBody });
  const { Messages } = await sqs('ReceiveMessage', { QueueUrl });
  expect(Messages.map(({ Body }) => Body)).toEqual([MessageBody]);
  await sqs('DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
  const TopicArn = Topics?.[0]?.TopicArn;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes.QueueArn }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'to the queue' }));
  const { Messages: delivered } = await sqs('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 });
  expect(delivered[0]?.Body).toContain('to the queue');
});

test('refuses every call that it does not support, by its name', async () => {
  const { clientOptions: options, endpoint } = await start();
  const calls: [Promise<unknown>, string][] = [
    [new LambdaClient(options).send(new ListLayersCommand({})), 'lambda: GET /2018-10-31/layers'],
    [callJson(cloud as Cloud, 'dynamodb', 'TransactWriteItems', {}), 'dynamodb:TransactWriteItems'],
    [new S3Client(options).send(new GetBucketAclCommand({ Bucket: 'b' })), 's3: GET ?acl'],
    [new EC2Client(options).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' })), 'ec2:CreateVpc'],
    [
      new SecretsManagerClient(options).send(new DeleteSecretCommand({ SecretId: 's' })),
      'secretsmanager:DeleteSecret',
    ],
    [new SNSClient(options).send(new SetSMSAttributesCommand({ attributes: {} })), 'SetSMSAttributes'],
  ];
  for (const [call, name] of calls) await expect(call).rejects.toThrow(name);
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=K/20260101/us-east-1/${service}/aws4_request, X`,
  });
  const other = await fetch(endpoint, { method: 'POST', headers: signed('kms'), body: '{}' });
  expect(await other.json()).toMatchObject({
    message: 'The service kms is not supported by the local cloud',
  });
});

test('delivers events to functions, and starts state machines at their time of day', async () => {
  const lines: string[] = [];
  const say = {
    name: 'say',
    file: write(
      'say.ts',
      'export const handler = (event) => console.log(event.detail.n, event.time.slice(0, 10));',
    ),
  };
  const { clientOptions, clock } = await start({
    functions: [say],
    rules: [{ name: 'all', pattern: { source: ['test'] }, functions: ['say'] }],
    stateMachines: [{ name: 'nightly', file: write('nightly.asl.json', passing('${greeting}')) }],
    placeholders: { greeting: 'good night' },
    schedules: [{ stateMachine: 'nightly', time: '03:00', timezone: 'Asia/Ho_Chi_Minh' }],
    observer: { logged: ({ source, text }) => lines.push(`${source}: ${text}`) },
  });
  const entry = { Source: 'test', DetailType: 'T', Detail: '{"n":7}' };
  const headers = { 'x-amz-target': 'AWSEvents.PutEvents' };
  const body = JSON.stringify({ Entries: [entry] });
  const put = async () => {
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    await fetch(clientOptions.endpoint, { method: 'POST', headers, body });
    await eventually(`the event of ${today}`, () => lines.includes(`say: 7 ${today}`));
  };
  await put();

  await clock.jump(2 * day);
  await put();
  const states = new SFNClient(clientOptions);
  const machine = stateMachineArn('nightly', { id: '123456789012', region: 'us-east-1' });
  const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn: machine }));
  expect(executions).toHaveLength(2);
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn: machine }));
  const output = await eventually('the end', async () => {
    const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status === 'SUCCEEDED' && execution.output;
  });
  expect(output).toBe('"good night"');
});

test('an instance runs the program of its user data; without programs it ends with the reason', async () => {
  const lines: string[] = [];
  const observer = { logged: ({ text }: { text: string }) => void lines.push(text) };
  const main = write(
    'machine.ts',
    'console.log(process.env.TASK, new Date().getUTCFullYear() > 2000); export {};',
  );
  const launch = ({ clientOptions }: Cloud, UserData: string) =>
    new EC2Client(clientOptions).send(
      new RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1, UserData: btoa(UserData) }),
    );
  const programOf: CloudOptions['programOf'] = ({ userData }) => ({
    name: 'machine',
    main,
    environment: { TASK: userData },
  });
  await launch(await start({ programOf, observer }), 'paint');
  await eventually('the program', () => lines.includes('paint true'));
  await eventually('the end of the instance', () =>
    cloud?.instances().every(({ state }) => state === 'stopped'),
  );
  await cloud?.close();
  await launch(await start({ observer }), 'paint');
  await eventually('the reason', () => lines.some((text) => text.includes('was given no programOf')));
});

test('an observer that fails does not affect the cloud', async () => {
  const error = console.error;
  console.error = () => {};
  const fails = () => {
    throw new Error('no');
  };
  const { invoke } = await start({
    functions: [echo()],
    observer: { logged: fails, invoked: fails, tableWritten: fails },
  });
  expect((await invoke('echo', '1')).payload).toBe('1');
  console.error = error;
});

test('requests of middleware are delayed, and decorated services replaced', async () => {
  const seen: string[] = [];
  const { clientOptions } = await start({
    functions: [echo()],
    middleware: async (service) => void seen.push(service),
    decorate: (name, service) =>
      name === 'secretsmanager'
        ? { ...service, handle: (_, response) => void response.end('{"ARN":"mine"}') }
        : service,
  });
  const secret = await callJson(cloud as Cloud, 'secretsmanager', 'DescribeSecret', { SecretId: 's' });
  expect(secret).toEqual({ ARN: 'mine' });
  await new LambdaClient(clientOptions).send(new InvokeCommand({ FunctionName: 'echo' }));
  expect(seen).toEqual(['secretsmanager', 'lambda']);
});

describe('a state directory', () => {
  test('belongs to one cloud at a time', async () => {
    await start();
    await expect(
      startCloud({ middleware: conformance.middleware, stateDirectory: join(folder, 'state') }),
    ).rejects.toThrow(/is in use by a running local cloud \(process \d+\)/);
  });

  test('can be taken over when its owner has ended', async () => {
    mkdirSync(join(folder, 'state'));
    write('state/lock.json', JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    await start();
    expect(JSON.parse(readFileSync(join(folder, 'state/lock.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
  });
});

test('a state machine with a placeholder that has no value is refused', async () => {
  const stateMachines = [{ name: 'm', file: write('m.asl.json', passing('${nothing}')) }];
  await expect(start({ stateMachines, placeholders: {} })).rejects.toThrow(
    /The placeholder \$\{nothing\} has no value/,
  );
});
