import { judge } from './exchange.ts';
import type { Received } from './operation.ts';

const ok = (body: string | object = {}, headers = {}) => ({
  status: 200,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const json = (target: string, input: object): Received => ({
  method: 'POST',
  url: '/',
  headers: { 'x-amz-target': target },
  body: JSON.stringify(input),
});
const form = (parameters: Record<string, string>): Received => ({
  method: 'POST',
  url: '/',
  headers: {},
  body: String(new URLSearchParams(parameters)),
});
const rest = (method: string, url: string, body = '', headers = {}): Received => ({
  method,
  url,
  headers,
  body,
});
const arn = 'arn:aws:states:us-east-1:123456789012:execution:pipeline:daily';
const started = { executionArn: arn, startDate: 1_700_000_000 };
const start = (input: object) => json('AWSStepFunctions.StartExecution', input);
const get = (input: object) => json('DynamoDB_20120810.GetItem', input);
const run = (more: Record<string, string> = {}) =>
  form({ Action: 'RunInstances', Version: '2016-11-15', MinCount: '1', MaxCount: '1', ...more });
const reservation = (inner: string) =>
  ok(
    `<?xml version="1.0"?><RunInstancesResponse><requestId>r</requestId><instancesSet><item>${inner}</item></instancesSet></RunInstancesResponse>`,
  );
const problemsOf = (...exchange: Parameters<typeof judge>) => judge(...exchange)?.problems;

test.each<[string, Parameters<typeof judge>]>([
  ['states', ['states', start({ stateMachineArn: arn, name: 'daily', input: '{}' }), ok(started)]],
  [
    'dynamodb',
    [
      'dynamodb',
      get({ TableName: 'jobs', Key: { job_id: { S: 'j' } } }),
      ok({ Item: { job_id: { S: 'j' }, parts: { L: [{ N: '1' }, { M: { done: { BOOL: true } } }] } } }),
    ],
  ],
  [
    'ec2',
    [
      'ec2',
      run({
        'TagSpecification.1.ResourceType': 'instance',
        'TagSpecification.1.Tag.1.Key': 'job_id',
        'TagSpecification.1.Tag.1.Value': 'j',
        'InstanceMarketOptions.MarketType': 'spot',
        'SecurityGroupId.1': 'sg-1',
      }),
      reservation(
        '<instanceId>i-1</instanceId><launchTime>2026-01-01T00:00:00Z</launchTime><placement><tenancy>default</tenancy></placement>',
      ),
    ],
  ],
  [
    's3',
    [
      's3',
      rest('GET', '/artifacts?list-type=2&prefix=jobs%2F'),
      ok(
        '<ListBucketResult><Name>artifacts</Name><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>',
      ),
    ],
  ],
  [
    's3',
    ['s3', rest('PUT', '/artifacts/jobs/1/a', 'bytes', { 'x-amz-meta-job': '1' }), ok('', { etag: '"1"' })],
  ],
  [
    'lambda',
    [
      'lambda',
      rest('POST', '/2015-03-31/functions/manga-pipeline-fetcher/invocations', '{}', {
        'x-amz-invocation-type': 'RequestResponse',
      }),
      ok({}, { 'x-amz-function-error': 'Unhandled' }),
    ],
  ],
])('accepts requests and responses of %s that are as in the model', (_, exchange) => {
  expect(judge(...exchange)).toEqual({ operation: expect.stringMatching(/:\w+$/), problems: [] });
});

test.each<[string, Parameters<typeof judge>, string]>([
  ['a missing member', ['states', start({}), ok(started)], 'request: stateMachineArn is required'],
  [
    'an unknown member',
    ['states', start({ stateMachineArn: arn, inputs: '{}' }), ok(started)],
    'request: inputs is unknown',
  ],
  [
    'a wrong type',
    ['states', start({ stateMachineArn: arn, input: {} }), ok(started)],
    'request.input: {} is not a text',
  ],
  [
    'a text that is too long',
    ['states', start({ stateMachineArn: arn, name: 'x'.repeat(81) }), ok(started)],
    'request.name: 81 characters is more than 80',
  ],
  [
    'a text that does not match its pattern',
    ['lambda', rest('POST', '/2015-03-31/functions/fetcher/invocations?Qualifier=a%20b', '{}'), ok({})],
    'request.Qualifier: "a b" does not match \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+',
  ],
  [
    'a value that an enumeration does not have',
    ['dynamodb', get({ TableName: 'jobs', Key: {}, ReturnConsumedCapacity: 'ALL' }), ok()],
    'request.ReturnConsumedCapacity: "ALL" is not one of its values',
  ],
  [
    'a response without a member',
    ['states', start({ stateMachineArn: arn }), ok({ executionArn: arn })],
    'response: startDate is required',
  ],
  [
    'a response with a text as time',
    ['states', start({ stateMachineArn: arn }), ok({ ...started, startDate: '2026-01-01' })],
    'response.startDate: "2026-01-01" is not a time',
  ],
  [
    'an unknown parameter',
    ['ec2', run({ 'Placement.Zone': 'a' }), reservation('')],
    'request.Placement: Zone is unknown',
  ],
  [
    'an unknown element',
    ['ec2', run(), reservation('<state>running</state>')],
    'response.Instances[0]: state is unknown',
  ],
  [
    'a number that is not one',
    ['s3', rest('GET', '/artifacts?list-type=2&max-keys=many'), ok('<ListBucketResult/>')],
    'request.MaxKeys: "many" is not of type integer',
  ],
  [
    'an unknown header',
    ['s3', rest('PUT', '/artifacts/a', '', { 'x-amz-colour': 'red' }), ok('')],
    'request: x-amz-colour is unknown',
  ],
  [
    'an error of another operation',
    ['states', start({}), { status: 400, headers: {}, body: '{"__type":"TaskDoesNotExist"}' }],
    'error TaskDoesNotExist is not one of the operation',
  ],
  [
    'an operation that AWS does not have',
    ['states', json('AWSStepFunctions.BeginExecution', {}), ok()],
    'POST / is not an operation of the model',
  ],
])('reports %s', (_, exchange, problem) => {
  expect(problemsOf(...exchange)).toEqual(expect.arrayContaining([problem]));
});

test('does not judge a request that the cloud refuses', () => {
  expect(
    problemsOf('states', start({}), { status: 400, headers: {}, body: '{"__type":"ValidationException"}' }),
  ).toEqual([]);
});

test.each([
  [false, []],
  [true, ['response.events[0].taskScheduledEventDetails: parameters is required']],
])('a history has the parameters of tasks if data is asked for: %s', (includeExecutionData, problems) => {
  const details = { resourceType: 'lambda', resource: 'invoke', region: 'us-east-1' };
  const events = [
    { id: 1, type: 'TaskScheduled', timestamp: 1_700_000_000, taskScheduledEventDetails: details },
  ];
  const request = json('AWSStepFunctions.GetExecutionHistory', { executionArn: arn, includeExecutionData });
  expect(problemsOf('states', request, ok({ events }))).toEqual(problems);
});

test('does not judge a service whose model is missing', () => {
  expect(judge('logs', json('Logs_20140328.PutLogEvents', {}), ok())).toBeUndefined();
});

test('does not judge what only the local engine can do', () => {
  expect(judge('states', json('LocalStates.StartExecutionFrom', {}), ok())).toBeUndefined();
});
