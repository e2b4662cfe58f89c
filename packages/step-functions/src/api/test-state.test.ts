import { type MockResponseValidationMode, TestStateCommand, type TestStateInput } from '@aws-sdk/client-sfn';
import { ManualClock } from '../testing/manual-clock.ts';
import {
  type FakeLambda,
  fakeLambda,
  listen,
  role,
  type Served,
  serve,
  stopServer,
  until,
} from '../testing/served.ts';

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
  served.client.send(
    new TestStateCommand({ definition: JSON.stringify(definition), roleArn: role, ...more }),
  );

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
  const mock = { result: '{"Payload": "7"}' };
  expect(await test1(invoke, { input, mock })).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"order":{"id":1},"found":{"answer":"7"}}',
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
  expect(await test1(map, { input: '[0]', mock: { result: '[1,2]' } })).toMatchObject({ output: '[1,2]' });
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
  const after = (retrierRetryCount: number) =>
    test1(state, { input, mock, stateConfiguration: { retrierRetryCount }, inspectionLevel: 'DEBUG' });
  const again = await after(1);
  expect(again).toMatchObject({
    status: 'RETRIABLE',
    error: 'Lambda.TooManyRequestsException',
    cause: 'busy',
  });
  expect(again.inspectionData?.errorDetails).toMatchObject({ retryIndex: 0, retryBackoffIntervalSeconds: 6 });
  const caught = await after(2);
  expect(caught).toMatchObject({ status: 'CAUGHT_ERROR', nextState: 'Failed', cause: 'busy' });
  expect(caught.inspectionData?.errorDetails).toEqual({ retryIndex: 0, catchIndex: 0 });
  expect(JSON.parse(caught.output ?? '')).toHaveProperty('error.Cause', 'busy');
  const { Catch: _, ...uncaught } = state;
  const failed = await test1(uncaught, {
    ...{ input, mock, stateConfiguration: { retrierRetryCount: 2 }, inspectionLevel: 'DEBUG' },
  });
  expect(failed).toMatchObject({ status: 'FAILED', inspectionData: { errorDetails: { retryIndex: 0 } } });
});

test('a state that runs for more than five minutes times out', async () => {
  const clock = new ManualClock();
  const never = await fakeLambda(() => new Promise(() => {}));
  const { client, close } = await serve({ clock, endpoints: { lambda: never.url } });
  const result = client.send(
    new TestStateCommand({ definition: JSON.stringify(invoke), input, roleArn: role }),
  );
  await until(() => never.calls.length === 1);
  clock.advance(301);
  expect(await result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  await close();
  await never.close();
});

const withoutErrors = [{ MaxAttempts: 1 }];
const missing = /These fields are required: \[ErrorEquals\]/;

test('a rule of Retry is checked although no retry takes place', async () => {
  await expect(test1({ ...invoke, Retry: withoutErrors }, { input })).rejects.toMatchObject({
    name: 'InvalidDefinition',
    message: expect.stringMatching(missing),
  });
});

test('all of a Map is checked although a mock gives its result', async () => {
  const map = {
    Type: 'Map',
    ItemProcessor: { StartAt: 'There', States: { Here: { Type: 'Succeed' } } },
    End: true,
  };
  await expect(test1(map, { mock: { result: '[]' } })).rejects.toMatchObject({
    name: 'InvalidDefinition',
    message: expect.stringMatching(/Missing 'Next' target: There/),
  });
});

test('a role is an ARN', async () => {
  const refused = expect.objectContaining({ name: 'InvalidArn' });
  await expect(test1({ Type: 'Succeed' }, { roleArn: 'role' })).rejects.toThrow(refused);
});

test('a mocked error has a name', async () => {
  const mock = { errorOutput: { cause: 'busy' } };
  await expect(test1(invoke, { input, mock })).rejects.toThrow('error is required in mock.errorOutput');
});

describe('a context', () => {
  const task = { ...invoke, Parameters: { FunctionName: 'f', 'Payload.$': '$$' } };
  const payload = async (more: Partial<TestStateInput>) => {
    const mock = { result: '{"Payload": "1"}' };
    const { inspectionData } = await test1(task, { input, mock, inspectionLevel: 'TRACE', ...more });
    return JSON.parse(inspectionData?.afterParameters ?? '').Payload;
  };

  test.each(['{}', '{"Execution":{"Name":"nightly"},"State":{}}'])(
    '%s is the context object',
    async (context) => {
      expect(await payload({ context })).toEqual(JSON.parse(context));
    },
  );

  test('is that of an express execution where none is given', async () => {
    expect(await payload({})).toEqual({
      Execution: {
        ...{ Id: expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:express:/), RoleArn: role },
        ...{ Input: JSON.parse(input), Name: expect.any(String), StartTime: expect.any(String) },
      },
      StateMachine: { Id: expect.any(String), Name: expect.any(String) },
      State: { Name: 'StateName', EnteredTime: expect.any(String), RetryCount: 0 },
    });
    expect(await payload({ roleArn: undefined })).toHaveProperty('Execution.RoleArn', null);
  });

  test.each([
    ['{"Execution": {"Id": 1}}', 'Execution.Id must be a string'],
    ['{"Execution": {"Id": "e", "Pikachu": 1}}', "Field 'Pikachu' is not allowed"],
    ['{"Pokedex": {}}', "Field 'Pokedex' is not allowed"],
    ['{"Map": {}}', "'Map' field is not supported when mocking a Context object"],
    ['{"Task": {"Token": "t"}}', "Context object contains 'Task' when state is not a Task state"],
  ])('%s is refused', async (context, problem) => {
    await expect(payload({ context })).rejects.toThrow(`Invalid Context object provided: ${problem}`);
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
    ['STRICT', { ExecutionArn: 'a', StartDate: 1764103483 }, "Field 'StartDate' must be a string"],
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

  test.each<[resource: string, result: object, problem: string]>([
    ['lambda:invoke', { Payload: { a: 1 } }, "Field 'Payload' must be a string"],
    ['states:startExecution.sync:2', { Output: { a: 1 } }, "Field 'Output' must be a string"],
    ['states:startExecution.sync', { StopDate: 1764103483 }, "Field 'StopDate' must be a string"],
  ])(
    'of %s is not what the state gets but what the service responds: %j',
    async (resource, result, problem) => {
      const { Parameters } = start('');
      const state = { Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true };
      const task = {
        ...state,
        Parameters: resource.startsWith('states') ? Parameters : { FunctionName: 'f' },
      };
      const mock = (fieldValidationMode: MockResponseValidationMode) => ({
        mock: { result: JSON.stringify(result), fieldValidationMode },
      });
      await expect(test1(task, mock('PRESENT'))).rejects.toThrow(problem);
      expect(await test1(task, mock('NONE'))).toMatchObject({ output: JSON.stringify(result) });
    },
  );

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
      maxConcurrency: 0,
    });
    expect(inspectionData).not.toHaveProperty('afterParameters');
    expect(inspectionData).not.toHaveProperty('result');
  });

  test('fails where its items are none, before its result counts', async () => {
    const broken = await test1(
      { ...map, ItemsPath: '$$.Execution' },
      { ...mocked, inspectionLevel: 'DEBUG' },
    );
    expect(broken).toMatchObject({
      ...{ status: 'FAILED', error: 'States.Runtime' },
      cause: 'Reference path "$.Execution" must point to array.',
      inspectionData: { input: mocked.input, afterInputPath: '{"pages":[1,2]}' },
    });
    expect(broken.inspectionData).not.toHaveProperty('maxConcurrency');
  });

  test('tolerates any number of failures where it sets none', async () => {
    const { ToleratedFailureCount: _, ...rest } = map;
    const stateConfiguration = { mapIterationFailureCount: 2 };
    expect(await test1(rest, { ...mocked, stateConfiguration })).toMatchObject({ status: 'SUCCEEDED' });
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

test.each<[object, string[]]>([
  [{ Type: 'Pass' }, ['afterInputPath', 'afterParameters', 'afterResultPath', 'afterResultSelector']],
  [{ Type: 'Pass', Result: 1 }, ['afterResultPath', 'afterResultSelector', 'result']],
  [{ Type: 'Succeed' }, ['afterInputPath']],
  [{ Type: 'Fail' }, ['afterInputPath']],
  [{ Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }] }, ['afterInputPath']],
])('shows of %j the steps that AWS shows', async (state, steps) => {
  const ends = ['Pass', 'Task'].includes((state as { Type: string }).Type) ? { End: true } : {};
  const { inspectionData } = await test1(
    { ...state, ...ends },
    { input: '{"a":1}', inspectionLevel: 'TRACE' },
  );
  expect(Object.keys(inspectionData ?? {}).sort()).toEqual([...steps, 'input'].sort());
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
    'Mocked result must contain the same number of items as number of Parallel branches.',
  ],
  [
    { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true },
    { mock: { result: '{}' } },
    'Mocked result must be an array.',
  ],
  [
    { Type: 'Map', ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true },
    { input: '[1]', mock: { result: '[]' }, stateConfiguration: { mapIterationFailureCount: 2 } },
    'must not be more than the 1 items',
  ],
  [
    invoke,
    { input, mock: { result: '1' }, revealSecrets: true },
    'TestState does not support RevealSecrets when a mock is specified.',
  ],
  [invoke, { mock: { result: '1', errorOutput: { error: 'E' } } }, 'only one of the following fields'],
  [invoke, { roleArn: undefined }, 'RoleArn must be specified when testing a Task state'],
  [{ StartAt: 'A', States: {} }, { stateName: 'A' }, 'State not found in definition'],
  [{ Type: 'Pass', End: true }, { input: '{' }, 'Invalid State Machine Execution Input'],
  [{ ...invoke, Resource: 'arn:aws:states:::glue:startJobRun.sync' }, {}, 'only with a mock'],
  [invoke, { context: '{}' }, 'A context can be given only with a mock'],
  [{ ...invoke, Resource: 'arn:aws:states:::sqs:sendMessage' }, {}, 'AWS_ENDPOINT_URL_SQS'],
])('refuses %j with %j', async (definition, more, message) => {
  await expect(test1(definition, more)).rejects.toThrow(message);
});

/** The example of the guide's page of TestState. */
test('TRACE shows the request of an HTTP task and its response', async () => {
  const { url, server } = await listen((_, response) =>
    response.writeHead(200, 'OK', { 'Content-Type': 'application/json', Connection: 'close' }).end('{"a":1}'),
  );
  const http = await serve({ endpoints: { http: url } });
  const definition = JSON.stringify({
    Type: 'Task',
    Resource: 'arn:aws:states:::http:invoke',
    Parameters: {
      ...{ Method: 'GET', ApiEndpoint: 'https://example.com/get', Headers: { definitionHeader: 'h1' } },
      ...{ RequestBody: { message: 'Hello!' }, QueryParameters: { queryParam: 'q1' } },
    },
    End: true,
  });
  const tested = async (inspectionLevel: 'DEBUG' | 'TRACE') =>
    (await http.client.send(new TestStateCommand({ definition, roleArn: role, inspectionLevel })))
      .inspectionData;
  const traced = await tested('TRACE');
  expect(traced?.request).toEqual({
    protocol: 'https',
    method: 'GET',
    url: 'https://example.com/get?queryParam=q1',
    headers:
      '[definitionHeader: h1, User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1, Range: bytes=0-262144]',
    body: '{"message":"Hello!"}',
  });
  expect(traced?.response).toEqual({
    ...{ protocol: 'https', statusCode: '200', statusMessage: 'OK', body: '{"a":1}' },
    headers: expect.stringMatching(/^\[content-type: application\/json, connection: close, .*\]$/),
  });
  expect(await tested('DEBUG')).not.toHaveProperty('request');
  await http.close();
  await stopServer(server);
});
