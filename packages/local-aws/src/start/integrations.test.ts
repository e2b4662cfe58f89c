/** Tasks of state machines on the cloud's real services: their parameters, results and errors. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { startCloud } from '../cloud.ts';
import type { Cloud } from '../cloud-interface.ts';
import { callJson } from '../wire.ts';

const roleArn = 'arn:aws:iam::000000000000:role/test';
const folder = mkdtempSync(join(tmpdir(), 'integrations-test-'));
let cloud: Cloud;
let states: SFNClient;

beforeAll(async () => {
  cloud = await startCloud({
    stateDirectory: folder,
    tables: [
      {
        TableName: 'pages',
        KeySchema: [{ AttributeName: 'page', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'page', AttributeType: 'S' }],
      },
    ],
    buckets: ['objects'],
    secrets: { token: 'quiet' },
  });
  states = new SFNClient(cloud.clientOptions);
});
afterAll(async () => {
  states.destroy();
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

async function create(definition: object): Promise<string> {
  const command = new CreateStateMachineCommand({
    name: crypto.randomUUID(),
    roleArn,
    definition: JSON.stringify(definition),
    type: 'EXPRESS',
  });
  return (await states.send(command)).stateMachineArn ?? '';
}

const arn = (resource: string) => `arn:aws:states:::${resource}`;

/** Runs one task. Returns its output, or its error and cause. */
async function run(resource: string, parameters: object) {
  const task = { Type: 'Task', Resource: arn(resource), Parameters: parameters, End: true };
  const stateMachineArn = await create({ StartAt: 'A', States: { A: task } });
  const target = { endpoint: cloud.endpoint, region: 'us-east-1' };
  const { output, error, cause } = (await callJson(target, 'states', 'StartSyncExecution', {
    stateMachineArn,
  })) as {
    output?: string;
    error?: string;
    cause?: string;
  };
  return output === undefined ? { error, cause } : { output: JSON.parse(output) };
}

/** Returns the message that a machine with this task is refused with. */
async function refusal(resource: string, parameters: object = {}): Promise<string> {
  const task = { Type: 'Task', Resource: arn(resource), Parameters: parameters, End: true };
  return create({ StartAt: 'A', States: { A: task } }).then(
    () => '',
    (error: Error) => error.message,
  );
}

const key = { TableName: 'pages', Key: { page: { S: '1' } } };

test('an item is put, read, changed and deleted in DynamoDB', async () => {
  const put = await run('dynamodb:putItem', {
    TableName: 'pages',
    Item: { page: { S: '1' }, words: { N: '7' } },
  });
  expect(put.output).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });
  expect(await run('dynamodb:getItem', key)).toMatchObject({ output: { Item: { words: { N: '7' } } } });
  const found = await run('aws-sdk:dynamodb:query', {
    TableName: 'pages',
    KeyConditionExpression: 'page = :page',
    ExpressionAttributeValues: { ':page': { S: '1' } },
  });
  expect(found.output).toMatchObject({ Count: 1, Items: [{ words: { N: '7' } }] });
  const only = { ...key, ConditionExpression: 'attribute_exists(absent)' };
  expect(await run('dynamodb:deleteItem', only)).toMatchObject({
    error: 'DynamoDB.ConditionalCheckFailedException',
    cause: expect.stringContaining(
      'Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailed',
    ),
  });
  expect(await run('aws-sdk:dynamodb:deleteItem', only)).toMatchObject({
    error: 'DynamoDb.ConditionalCheckFailedException',
    cause: expect.stringContaining('(Service: DynamoDb, Status Code: 400, Request ID: '),
  });
  expect((await run('dynamodb:getItem', { TableName: 'pages', Key: {} })).error).toBe(
    'DynamoDB.AmazonDynamoDBException',
  );
  expect((await run('aws-sdk:dynamodb:describeTable', { TableName: 'pages' })).output).toMatchObject({
    Table: { TableName: 'pages', CreationDateTime: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
});

test('an object is written and read in S3, and a missing one has the error of the SDK for Java', async () => {
  const place = { Bucket: 'objects', Key: 'a/b.json' };
  expect(await run('aws-sdk:s3:putObject', { ...place, Body: { lines: ['Xin chào'] } })).toHaveProperty(
    'output.ETag',
  );
  expect(await run('aws-sdk:s3:getObject', place)).toMatchObject({
    output: { Body: '{"lines":["Xin chào"]}' },
  });
  expect((await run('aws-sdk:s3:listObjectsV2', { Bucket: 'objects', Prefix: 'a/' })).output).toMatchObject({
    Contents: [{ Key: 'a/b.json', LastModified: expect.any(String) }],
    KeyCount: 1,
  });
  const missing = await run('aws-sdk:s3:getObject', { ...place, Key: 'none' });
  expect(missing).toMatchObject({
    error: 'S3.NoSuchKeyException',
    cause: expect.stringMatching(/\(Service: S3, Status Code: 404, Request ID: /),
  });
});

test('a message goes from SNS to a queue of SQS', async () => {
  const sns = new SNSClient(cloud.clientOptions);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  const { QueueUrl } = (await run('aws-sdk:sqs:createQueue', { QueueName: 'news' })).output;
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:news';
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  );
  const published = await run('sns:publish', {
    TopicArn,
    Message: { text: 'a & b' },
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'note' } },
  });
  expect(published.output).toMatchObject({
    MessageId: expect.any(String),
    SdkHttpMetadata: { HttpStatusCode: 200 },
  });
  await run('sqs:sendMessage', { QueueUrl, MessageBody: { text: 'direct' } });
  const received = await run('aws-sdk:sqs:receiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: '10',
    WaitTimeSeconds: 1,
  });
  const bodies = received.output.Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
  expect(bodies).toEqual(expect.arrayContaining([{ text: 'direct' }, { text: 'a & b' }]));
  expect((await run('sns:publish', { TopicArn: `${TopicArn}-none`, Message: 'x' })).error).toBe(
    'SNS.NotFoundException',
  );
  expect((await run('aws-sdk:sns:publish', { TopicArn: `${TopicArn}-none`, Message: 'x' })).error).toBe(
    'Sns.NotFoundException',
  );
  sns.destroy();
});

test('events, secrets and other executions are reached', async () => {
  const Entries = [{ Source: 'test', DetailType: 'made', Detail: { page: 1 } }];
  expect((await run('events:putEvents', { Entries })).output).toMatchObject({ FailedEntryCount: 0 });
  expect((await run('aws-sdk:secretsmanager:getSecretValue', { SecretId: 'token' })).output).toMatchObject({
    SecretString: 'quiet',
  });
  const machines = await run('aws-sdk:sfn:listStateMachines', { MaxResults: 1 });
  expect(machines.output).toMatchObject({ StateMachines: [{ Type: 'EXPRESS' }] });
});

test.each([
  ['aws-sdk:s4:getObject', {}, 'aws-sdk:s4:getObject is not recognized.'],
  ['dynamodb:putItems', {}, 'dynamodb:putItems is not recognized.'],
  ['dynamodb:getItem.waitForTaskToken', {}, 'dynamodb:getItem.waitForTaskToken is not recognized.'],
  ['aws-sdk:s3:getObject.sync', {}, 'aws-sdk:s3:getObject.sync is not recognized.'],
  ['aws-sdk:s3:getObjekt', {}, 'aws-sdk:s3:getObjekt is not recognized.'],
  [
    'aws-sdk:s3:getObject',
    { 'Bucket.$': '$.b', key: 'k' },
    'The field "key" is not supported by Step Functions at /States/A/Parameters, SCHEMA_VALIDATION_FAILED: The field "Key" is required but was missing at /States/A/Parameters',
  ],
  [
    'aws-sdk:glue:startJobRun',
    {},
    'No endpoint is set for glue: AWS_ENDPOINT_URL_GLUE or AWS_ENDPOINT_URL gives it at /States/A/Resource',
  ],
  [
    'eks:call',
    {},
    'No endpoint is set for eks: AWS_ENDPOINT_URL_EKS or AWS_ENDPOINT_URL gives it at /States/A/Resource',
  ],
])('refuses %s with %j', async (resource, parameters, message) => {
  expect(await refusal(resource, parameters)).toContain(message);
});
