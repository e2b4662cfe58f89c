/** Parameters of SDK integrations, checked by the models in the clients of the AWS SDK that are installed here. */

import { InvalidDefinition } from './definition/problems.ts';
import { checkIntegrations } from './integration-checks.ts';
import { SdkThread } from './task/sdk/thread.ts';

const sdk = new SdkThread();
afterAll(() => sdk.close());

async function problemOf(
  resource: string,
  parameters: object,
  language: 'JSONPath' | 'JSONata' = 'JSONPath',
) {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const state = { Type: 'Task', Resource: `arn:aws:states:::${resource}`, [field]: parameters, End: true };
  const definition = JSON.stringify({ QueryLanguage: language, StartAt: 'A', States: { A: state } });
  try {
    await checkIntegrations(definition, { '*': 'http://127.0.0.1:9' }, sdk);
    return '';
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.problems.map(({ text }) => text).join(', ');
    throw error;
  }
}

test.each([
  ['the names of the SDK for Java', { Acl: 'private', SsekmsKeyId: 'key', ExpectedBucketOwner: '1' }, ''],
  ['names of the model', { ACL: 'private' }, 'The field "ACL" is not supported by Step Functions'],
  ['an object for text', { Body: { a: 1 } }, ''],
  ['a number for text', { CacheControl: 1 }, ''],
])('of s3:putObject: %s', async (_title, more, problem) => {
  expect(await problemOf('aws-sdk:s3:putObject', { Bucket: 'b', Key: 'k', ...more })).toBe(problem);
});

test.each([
  ['an object in place of a list', { TagSpecifications: { Tags: [] } }, 'list from object'],
  ['text in place of a list', { TagSpecifications: [{ Tags: 'a' }] }, 'list from string'],
  ['text in place of a boolean', { DryRun: '$.dry' }, 'boolean from string'],
  ['a boolean in place of a number', { Options: { AmazonSideAsn: true } }, 'number from boolean'],
  ['a list in place of an object', { Options: [] }, 'object from list'],
])('AWS refuses %s', async (_title, parameters, problem) => {
  expect(await problemOf('aws-sdk:ec2:createTransitGateway', parameters)).toBe(
    `Cannot deserialize value of type ${problem} value`,
  );
});

test.each([
  ['a path for the place of a request in S3', { 'Input.$': '$.input', 'Output.$': '$.output' }, ''],
  ['the place of a request in S3', { Input: { 'S3Uri.$': '$.uri' }, Output: { S3Uri: 's3://b/k' } }, ''],
  ['another member of it', { Input: { Text: 'a' } }, 'The field "Text" is not supported by Step Functions'],
])('of bedrock:invokeModel: %s', async (_title, parameters, problem) => {
  expect(await problemOf('bedrock:invokeModel', { ModelId: 'm', ...parameters })).toBe(problem);
});

test('the place of a problem is the field of the state, as on AWS', async () => {
  const Parameters = { Bucket: 'b', Key: 'k', Tagging: { TagSet: [{ Ky: 'a' }] } };
  const state = {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:putObjectTagging',
    Parameters,
    End: true,
  };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: state } });
  const checked = checkIntegrations(definition, { '*': 'http://127.0.0.1:9' }, sdk);
  await expect(checked).rejects.toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ text: unsupported('Ky'), place: '/States/A/Parameters' }),
    ]),
  });
});

test('texts that write a boolean or a number are converted, as on AWS', async () => {
  const parameters = { DryRun: 'False', Options: { AmazonSideAsn: '65000' } };
  expect(await problemOf('aws-sdk:ec2:createTransitGateway', parameters)).toBe('');
});

test('AWS refuses a path in place of a boolean of DynamoDB whose name lacks the dollar', async () => {
  const item = (value: object) => problemOf('dynamodb:putItem', { TableName: 't', Item: { a: value } });
  expect(await item({ BOOL: '$.x' })).toBe("The value for the field 'BOOL' must be a BOOLEAN");
  expect(await item({ 'BOOL.$': '$.x' })).toBe('');
  expect(await item({ BOOL: 'true' })).toBe('');
});

test('the value of an expression can have any type', async () => {
  const path = { 'TagSpecifications.$': '$.tags', Options: null };
  expect(await problemOf('aws-sdk:ec2:createTransitGateway', path)).toBe('');
  const expression = { TagSpecifications: '{% $states.input.tags %}' };
  expect(await problemOf('aws-sdk:ec2:createTransitGateway', expression, 'JSONata')).toBe('');
});

test('values of DynamoDB keep the names of their types', async () => {
  const parameters = {
    Statement: 's',
    Parameters: [{ S: 'a' }, { SS: ['b'] }, { BOOL: true }, { NULL: true }],
  };
  expect(await problemOf('aws-sdk:dynamodb:executeStatement', parameters)).toBe('');
});

test.each([
  ['an action that it lacks', 'getItems', {}, 'The resource provided arn:<partition>'],
  ['a field that the action lacks', 'getItem', { Table: 't' }, 'The field "Table" is not supported'],
  ['text in place of a value', 'putItem', { TableName: 't', Item: { id: 'a' } }, 'object from string value'],
])('of DynamoDB, whose items need no client: %s', async (_title, action, parameters, problem) => {
  expect(await problemOf(`aws-sdk:dynamodb:${action}`, parameters)).toContain(problem);
});

const unsupported = (field: string) => `The field "${field}" is not supported by Step Functions`;
const missing = (field: string) => `The field "${field}" is required but was missing`;

test.each([
  ['dynamodb:putItem', { TableName: 't', Itm: {} }, `${unsupported('Itm')}, ${missing('Item')}`],
  ['sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', MessageBody: 'm', Body: 'm' }, unsupported('Body')],
  ['sns:publish', { TopicArn: 'arn', Msg: 'm' }, `${unsupported('Msg')}, ${missing('Message')}`],
  ['lambda:invoke', { Function: 'f' }, `${unsupported('Function')}, ${missing('FunctionName')}`],
  ['events:putEvents', { Entry: [] }, `${unsupported('Entry')}, ${missing('Entries')}`],
  ['states:startExecution.sync:2', { Arn: 'a' }, `${unsupported('Arn')}, ${missing('StateMachineArn')}`],
  ['aws-sdk:sfn:startSyncExecution', { StateMachineArn: 'a', Wait: true }, unsupported('Wait')],
  ['http:invoke', { Method: 'GET' }, missing('ApiEndpoint')],
  ['http:invoke', { ApiEndpoint: 'https://a', Method: 'GET', Url: 'b' }, unsupported('Url')],
  ['apigateway:invoke', { ApiEndpoint: 'a', Method: 'GET', Body: 'b' }, unsupported('Body')],
  [
    'eks:call',
    { ClusterName: 'c', Endpoint: 'e', Method: 'GET', Path: '/', Url: 'b' },
    `${unsupported('Url')}, ${missing('CertificateAuthority')}`,
  ],
  [
    'eks:runJob.sync',
    { ClusterName: 'c', CertificateAuthority: 'a', Job: {}, Spec: {} },
    `${unsupported('Spec')}, ${missing('Endpoint')}`,
  ],
  [
    'elasticmapreduce:addStep.sync',
    { ClusterId: 'j', Steps: [] },
    `${unsupported('Steps')}, ${missing('Step')}`,
  ],
  [
    'elasticmapreduce:terminateCluster.sync',
    { JobFlowIds: [] },
    `${unsupported('JobFlowIds')}, ${missing('ClusterId')}`,
  ],
  [
    'elasticmapreduce:modifyInstanceFleetByName',
    { ClusterId: 'j', InstanceFleetName: 'core', InstanceFleet: { InstanceFleetId: 'if-1' } },
    unsupported('InstanceFleetId'),
  ],
  [
    'elasticmapreduce:modifyInstanceGroupByName',
    { ClusterId: 'j', InstanceGroup: { InstanceGroupId: 'ig-1', InstanceCount: 8 } },
    `${missing('InstanceGroupName')}, ${unsupported('InstanceGroupId')}`,
  ],
])('AWS refuses %s with the fields %j', async (resource, parameters, problem) => {
  expect(await problemOf(resource, parameters)).toBe(problem);
  expect(await problemOf(resource, parameters, 'JSONata')).toBe(problem);
});

test('a required field can come from a path, and a field from a path that the action lacks is found when its task starts', async () => {
  const parameters = { 'FunctionName.$': '$.f', Payload: {}, 'TaskToken.$': '$$.Task.Token' };
  expect(await problemOf('lambda:invoke.waitForTaskToken', parameters)).toBe('');
});

/** The examples on the guide's page of EMR. */
test.each([
  ['addStep.sync', { 'ClusterId.$': '$.id', Step: { Name: 's', HadoopJarStep: { Jar: 'j' } } }],
  ['cancelStep', { 'ClusterId.$': '$.id', 'StepId.$': '$.step', StepCancellationOption: 'SEND_INTERRUPT' }],
  ['setClusterTerminationProtection', { 'ClusterId.$': '$.id', TerminationProtected: true }],
  [
    'modifyInstanceGroupByName',
    { ClusterId: 'j', InstanceGroupName: 'core', InstanceGroup: { InstanceCount: 8 } },
  ],
])('elasticmapreduce:%s takes the fields of the wrapped action', async (action, parameters) => {
  expect(await problemOf(`elasticmapreduce:${action}`, parameters)).toBe('');
});

/** The guide's page of EMR: createCluster takes what runJobFlow takes, without Steps. */
test('elasticmapreduce:createCluster takes no steps', async () => {
  const parameters = { Name: 'c', Instances: { KeepJobFlowAliveWhenNoSteps: true } };
  expect(await problemOf('elasticmapreduce:createCluster', parameters)).toBe('');
  expect(await problemOf('elasticmapreduce:createCluster.sync', { ...parameters, Steps: [] })).toBe(
    'The field "Steps" is not supported by Step Functions',
  );
});

test.each([
  ['is missing', {}, 'The field "KeepJobFlowAliveWhenNoSteps" is required but was missing'],
  [
    'is false',
    { KeepJobFlowAliveWhenNoSteps: false },
    'The field "KeepJobFlowAliveWhenNoSteps" must be true',
  ],
  ['comes from a path', { 'KeepJobFlowAliveWhenNoSteps.$': '$.keep' }, ''],
])(
  'elasticmapreduce:createCluster takes clusters that stay: the field %s',
  async (_title, Instances, problem) => {
    expect(await problemOf('elasticmapreduce:createCluster.sync', { Name: 'c', Instances })).toBe(problem);
  },
);
