import { type MockResponseValidationMode, TestStateCommand, type TestStateInput } from '@aws-sdk/client-sfn';
import { ManualClock } from '../testing/manual-clock.ts';
import { type FakeLambda, fakeLambda, type Served, serve, until } from '../testing/served.ts';

let lambda: FakeLambda;
let served: Served;

beforeAll(async () => {
  lambda = await fakeLambda((event) => ({ got: event }));
  served = await serve({ endpoints: { lambda: lambda.url } });
});
afterAll(async () => {
  await served.close();
  await lambda.close();
});

const test1 = (definition: object, more: Partial<TestStateInput> = {}) =>
  served.client.send(new TestStateCommand({ definition: JSON.stringify(definition), ...more }));

const invoke = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$.order' },
  ResultSelector: { 'answer.$': '$.Payload' },
  ResultPath: '$.found',
  Next: 'Then',
};
const input = JSON.stringify({ order: { id: 1 } });

test('runs a task on its service and shows each step of its data', async () => {
  const { status, output, nextState, inspectionData } = await test1(invoke, {
    input,
    inspectionLevel: 'DEBUG',
  });
  expect({ status, nextState, output: JSON.parse(output ?? '') }).toEqual({
    status: 'SUCCEEDED',
    nextState: 'Then',
    output: { order: { id: 1 }, found: { answer: { got: { id: 1 } } } },
  });
  expect(JSON.parse(inspectionData?.afterParameters ?? '')).toEqual({
    FunctionName: 'f',
    Payload: { id: 1 },
  });
  expect(JSON.parse(inspectionData?.afterResultSelector ?? '')).toEqual({ answer: { got: { id: 1 } } });
});

test('takes the result of a mock in place of the service, whatever the service and its pattern', async () => {
  const calls = lambda.calls.length;
  const mock = { result: '{"Payload": 7}' };
  expect(await test1(invoke, { input, mock })).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"order":{"id":1},"found":{"answer":7}}',
  });
  const approval = {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun.waitForTaskToken',
    Parameters: { 'JobName.$': '$$.Task.Token' },
    End: true,
  };
  expect(await test1(approval, { mock: { result: '"yes"' } })).toMatchObject({
    status: 'SUCCEEDED',
    output: '"yes"',
  });
  const map = { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true };
  expect(await test1(map, { mock: { result: '[1,2]' } })).toMatchObject({ output: '[1,2]' });
  expect(lambda.calls).toHaveLength(calls);
});

test('an error of a mock is retriable until its retries are used up, and then caught', async () => {
  const state = {
    ...invoke,
    Retry: [
      {
        ErrorEquals: ['Lambda.TooManyRequestsException'],
        MaxAttempts: 2,
        IntervalSeconds: 3,
        BackoffRate: 2,
      },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed', ResultPath: '$.error' }],
  };
  const mock = { errorOutput: { error: 'Lambda.TooManyRequestsException', cause: 'busy' } };
  const again = await test1(state, { input, mock, stateConfiguration: { retrierRetryCount: 1 } });
  expect(again).toMatchObject({
    status: 'RETRIABLE',
    error: 'Lambda.TooManyRequestsException',
    cause: 'busy',
  });
  expect(again.inspectionData?.errorDetails).toMatchObject({ retryIndex: 0, retryBackoffIntervalSeconds: 6 });
  const caught = await test1(state, { input, mock, stateConfiguration: { retrierRetryCount: 2 } });
  expect(caught).toMatchObject({ status: 'CAUGHT_ERROR', nextState: 'Failed', cause: 'busy' });
  expect(caught.inspectionData?.errorDetails).toEqual({ catchIndex: 0 });
  expect(JSON.parse(caught.output ?? '')).toHaveProperty('error.Cause', 'busy');
});

test('a state that runs for more than five minutes times out', async () => {
  const clock = new ManualClock();
  const never = await fakeLambda(() => new Promise(() => {}));
  const { client, close } = await serve({ clock, endpoints: { lambda: never.url } });
  const result = client.send(new TestStateCommand({ definition: JSON.stringify(invoke), input }));
  await until(() => never.calls.length === 1);
  clock.advance(301);
  expect(await result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  await close();
  await never.close();
});

test('a role is an ARN', async () => {
  const refused = expect.objectContaining({ name: 'InvalidArn' });
  await expect(test1({ Type: 'Succeed' }, { roleArn: 'role' })).rejects.toThrow(refused);
});

test('a mocked error has a name', async () => {
  const mock = { errorOutput: { cause: 'busy' } };
  await expect(test1(invoke, { input, mock })).rejects.toThrow('error is required in mock.errorOutput');
});

test('a context replaces parts of the context object of a mocked state', async () => {
  const task = { ...invoke, Parameters: { FunctionName: 'f', 'Payload.$': '$$.Execution' } };
  const { inspectionData } = await test1(task, {
    ...{ input, mock: { result: '{"Payload": 1}' }, inspectionLevel: 'DEBUG' },
    context: '{"Execution": {"Name": "nightly"}}',
  });
  expect(JSON.parse(inspectionData?.afterParameters ?? '').Payload).toMatchObject({
    Name: 'nightly',
    Id: expect.stringContaining('TestState'),
  });
});

describe('the result of a mock', () => {
  const start = (action: string) => ({
    Type: 'Task',
    Resource: `arn:aws:states:::aws-sdk:sfn:${action}`,
    Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
    End: true,
  });
  const run = (result: object, fieldValidationMode?: MockResponseValidationMode) =>
    test1(start('startExecution'), { mock: { result: JSON.stringify(result), fieldValidationMode } });

  test.each<[mode: MockResponseValidationMode | undefined, result: object, problem: string]>([
    [undefined, {}, "Required field 'ExecutionArn' is missing"],
    ['STRICT', { ExecutionArn: 'a' }, "Required field 'StartDate' is missing"],
    ['PRESENT', { ExecutionArn: 1 }, "Field 'ExecutionArn' must be a string"],
    ['PRESENT', [], 'The result must be an object'],
  ])('in the mode %s refuses %j', async (mode, result, problem) => {
    await expect(run(result, mode)).rejects.toThrow(`Mock result schema validation error: ${problem}`);
  });

  test.each<[mode: MockResponseValidationMode | undefined, result: object]>([
    ['STRICT', { ExecutionArn: 'a', StartDate: '2026-01-01T00:00:00Z', New: 1 }],
    ['PRESENT', {}],
    ['NONE', { ExecutionArn: 1 }],
  ])('in the mode %s takes %j', async (mode, result) => {
    expect(await run(result, mode)).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify(result) });
  });

  test('has the types of values, also in lists and maps', async () => {
    const mock = {
      result: '{"Executions": [{"ExecutionArn": true}]}',
      fieldValidationMode: 'PRESENT',
    } as const;
    await expect(test1(start('listExecutions'), { mock })).rejects.toThrow(
      "Field 'ExecutionArn' must be a string",
    );
  });
});

describe('a mocked Map', () => {
  const processor = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const map = {
    Type: 'Map',
    ItemsPath: '$.pages',
    ItemSelector: { 'page.$': '$$.Map.Item.Value' },
    ToleratedFailureCount: 1,
    ItemProcessor: processor,
    End: true,
  };
  const mocked = { input: '{"pages": [1, 2]}', mock: { result: '[]' } };

  test('shows its items and settings', async () => {
    const { inspectionData } = await test1(map, { ...mocked, inspectionLevel: 'DEBUG' });
    expect(inspectionData).toMatchObject({
      afterItemsPath: '[1,2]',
      afterItemSelector: '[{"page":1},{"page":2}]',
      toleratedFailureCount: 1,
    });
  });

  test('fails when more of its iterations failed than it tolerates', async () => {
    const after = (mapIterationFailureCount: number) =>
      test1(map, { ...mocked, stateConfiguration: { mapIterationFailureCount } });
    expect(await after(1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await after(2)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  test('shows its batches, and takes items from the input where ItemReader has none', async () => {
    const distributed = {
      ...map,
      ItemProcessor: { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemBatcher: { MaxItemsPerBatch: 1, BatchInput: { 'all.$': '$.pages' } },
    };
    const { inspectionData } = await test1(distributed, { ...mocked, inspectionLevel: 'DEBUG' });
    expect(JSON.parse(inspectionData?.afterItemBatcher ?? '')).toEqual([
      { BatchInput: { all: [1, 2] }, Items: [{ page: 1 }] },
      { BatchInput: { all: [1, 2] }, Items: [{ page: 2 }] },
    ]);
  });

  test('reads its items from the content that its ItemReader would read', async () => {
    const { ItemsPath: _, ...rest } = map;
    const distributed = {
      ...rest,
      ItemProcessor: { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
    };
    const { inspectionData } = await test1(distributed, {
      ...{ ...mocked, inspectionLevel: 'DEBUG', stateConfiguration: { mapItemReaderData: 'n\n7\n' } },
    });
    expect(inspectionData?.afterItemSelector).toBe('[{"page":{"n":"7"}}]');
    expect(inspectionData?.afterItemsPointer).toBeUndefined();
    const ReaderConfig = { InputType: 'JSON', ItemsPointer: '/pages' };
    const pointed = { ...distributed, ItemReader: { ...distributed.ItemReader, ReaderConfig } };
    const shown = await test1(pointed, {
      ...{ ...mocked, inspectionLevel: 'DEBUG', stateConfiguration: { mapItemReaderData: '{"pages":[3]}' } },
    });
    expect(shown.inspectionData).toMatchObject({
      afterItemsPointer: '[3]',
      afterItemSelector: '[{"page":3}]',
    });
  });
});

test("shows what the guide's page of TestState shows", async () => {
  const choice = {
    Type: 'Choice',
    Choices: [
      { Variable: '$.number', NumericEquals: 1, Next: 'Equals 1' },
      { Variable: '$.number', NumericEquals: 2, Next: 'Equals 2' },
    ],
    Default: 'No Match',
  };
  expect(await test1(choice, { input: '{"number": 2}' })).toMatchObject({
    nextState: 'Equals 2',
    status: 'SUCCEEDED',
  });
  const pass = {
    ...{ Type: 'Pass', InputPath: '$.payload', Parameters: { data: 1 }, ResultPath: '$.result' },
    ...{ OutputPath: '$.result.data', Next: 'Another State' },
  };
  const debug = { input: '{"payload": {"foo": "bar"}}', inspectionLevel: 'DEBUG' } as const;
  expect(await test1(pass, debug)).toMatchObject({
    output: '1',
    nextState: 'Another State',
    status: 'SUCCEEDED',
    inspectionData: {
      afterInputPath: '{"foo":"bar"}',
      afterParameters: '{"data":1}',
      afterResultSelector: '{"data":1}',
      afterResultPath: '{"payload":{"foo":"bar"},"result":{"data":1}}',
    },
  });
});

test('a state of a Map has the context of the first item, whose value is the input', async () => {
  const inner = {
    Type: 'Pass',
    Parameters: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value' },
  };
  const processor = { StartAt: 'In', States: { In: { ...inner, End: true } } };
  const machine = {
    StartAt: 'Map',
    States: { Map: { Type: 'Map', ItemProcessor: processor, End: true } },
  };
  expect(await test1(machine, { stateName: 'In', input: '{"a":1}' })).toMatchObject({
    output: '{"index":0,"value":{"a":1}}',
  });
});

test('runs one state of a machine with variables, and does not wait', async () => {
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Choose' },
      Choose: { Type: 'Choice', Choices: [{ Condition: '{% $n > 1 %}', Next: 'Many' }], Default: 'One' },
      Many: { Type: 'Succeed' },
      One: { Type: 'Fail', Error: 'TooFew' },
    },
  };
  expect(await test1(machine, { stateName: 'Wait' })).toMatchObject({
    status: 'SUCCEEDED',
    nextState: 'Choose',
  });
  expect(await test1(machine, { stateName: 'Choose', variables: '{"n": 2}' })).toMatchObject({
    nextState: 'Many',
  });
  expect(await test1(machine, { stateName: 'One' })).toMatchObject({ status: 'FAILED', error: 'TooFew' });
});

test.each<[object, Partial<TestStateInput>, string]>([
  [
    { Type: 'Pass', End: true },
    { mock: { result: '1' } },
    "State type 'Pass' is not supported when a mock is specified",
  ],
  [
    { Type: 'Parallel', Branches: [], End: true },
    {},
    'TestState API does not support Map or Parallel states',
  ],
  [
    { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:a', End: true },
    {},
    'only with a mock',
  ],
  [
    {
      Type: 'Parallel',
      Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }],
      End: true,
    },
    { mock: { result: '[1,2]' } },
    'must be an array of 1 elements',
  ],
  [
    { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true },
    { mock: { result: '{}' } },
    'must be an array',
  ],
  [
    { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true },
    { input: '[1]', mock: { result: '[]' }, stateConfiguration: { mapIterationFailureCount: 2 } },
    'must not be more than the 1 items',
  ],
  [invoke, { input, mock: { result: '1' }, revealSecrets: true }, 'revealSecrets cannot be used with a mock'],
  [invoke, { input, inspectionLevel: 'TRACE' }, 'supported for HTTP tasks only'],
  [{ Type: 'Pass', End: true }, { input: '{' }, 'Invalid State Machine Execution Input'],
  [{ ...invoke, Resource: 'arn:aws:states:::glue:startJobRun.sync' }, {}, 'only with a mock'],
  [invoke, { context: '{}' }, 'A context can be given only with a mock'],
  [{ ...invoke, Resource: 'arn:aws:states:::sqs:sendMessage' }, {}, 'AWS_ENDPOINT_URL_SQS'],
])('refuses %j with %j', async (definition, more, message) => {
  await expect(test1(definition, more)).rejects.toThrow(message);
});
