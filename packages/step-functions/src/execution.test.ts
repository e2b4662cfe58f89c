/** Tasks, errors and concurrency of running executions, with a fake Lambda. */

import * as sfn from '@aws-sdk/client-sfn';
import {
  ended,
  eventTypes,
  type FakeLambda,
  fakeLambda,
  role,
  type Served,
  serve,
  sleep,
  until,
} from './testing/served.ts';

let lambda: FakeLambda;
let served: Served;
let client: sfn.SFNClient;
let behaviour: (event: { TaskToken?: string }, name: string) => unknown;
let created = 0;
const seen: string[] = [];
const unused = 'http://127.0.0.1:9';

beforeAll(async () => {
  lambda = await fakeLambda((event, name) => behaviour(event as { TaskToken?: string }, name));
  served = await serve({
    endpoints: {
      lambda: () => lambda.url,
      // No test calls these.
      ...{ sqs: unused, sns: unused, eventbridge: unused, dynamodb: unused, glue: unused, s3: unused },
    },
    onEvent: ({ event }) => seen.push(event.type),
  });
  client = served.client;
});
afterAll(async () => {
  await lambda.close();
  await served.close();
});
beforeEach(() => {
  lambda.calls.length = 0;
});

async function run(definition: object, input: unknown = {}): Promise<string | undefined> {
  const command = new sfn.CreateStateMachineCommand({
    name: `machine-${created++}`,
    definition: JSON.stringify(definition),
    roleArn: role,
  });
  const { stateMachineArn } = await client.send(command);
  const { executionArn } = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

async function outputOf(definition: object, input: unknown = {}): Promise<unknown> {
  const execution = await ended(client, await run(definition, input));
  return execution.status === 'SUCCEEDED'
    ? JSON.parse(execution.output ?? '')
    : [execution.error, execution.cause];
}

const one = (state: object) => ({ StartAt: 'A', States: { A: { End: true, ...state } } });
const task = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$' },
  ResultSelector: { 'result.$': '$.Payload' },
  ...more,
});
const callback = (more: object = {}) =>
  task({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: 'f', Payload: { 'TaskToken.$': '$$.Task.Token' } },
    ResultSelector: { 'result.$': '$' },
    ...more,
  });
const failWith = (name: string, message = name) => {
  throw Object.assign(new Error(message), { name });
};

describe('Retry and Catch', () => {
  test('retries a task up to MaxAttempts, then catches the error', async () => {
    behaviour = () => failWith('Busy', 'try later');
    const definition = {
      StartAt: 'A',
      States: {
        A: task({
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Catch: [
            { ErrorEquals: ['Busy'], ResultPath: '$.failure', Assign: { 'why.$': '$.Error' }, Next: 'B' },
          ],
          End: true,
        }),
        B: {
          Type: 'Pass',
          Parameters: { 'why.$': '$why', 'failure.$': '$.failure.Error', 'kept.$': '$.kept' },
          End: true,
        },
      },
    };
    expect(await outputOf(definition, { kept: 1 })).toEqual({ why: 'Busy', failure: 'Busy', kept: 1 });
    expect(lambda.calls).toHaveLength(2);
  });

  test('retries a call to an unreachable service', async () => {
    const alone = await serve({ endpoints: { lambda: 'http://127.0.0.1:9' } });
    const { stateMachineArn } = await alone.client.send(
      new sfn.CreateStateMachineCommand({
        name: 'alone',
        definition: JSON.stringify(one(task())),
        roleArn: role,
      }),
    );
    const { executionArn } = await alone.client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
    const { error, cause } = await ended(alone.client, executionArn);
    expect(error).toBe('Lambda.SdkClientException');
    expect(cause).toContain('ECONNREFUSED');
    await alone.close();
  });
});

test('Assign of a task sees its result before ResultSelector', async () => {
  behaviour = () => ({ code: 7 });
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f' },
    ResultSelector: { 'only.$': '$.Payload.code' },
    Assign: { 'code.$': '$.Payload.code', 'status.$': '$.StatusCode' },
    Next: 'B',
  };
  const states = { A: task, B: { Type: 'Pass', Parameters: { 'all.$': '$', 'code.$': '$code' }, End: true } };
  expect(await outputOf({ StartAt: 'A', States: states })).toEqual({ all: { only: 7 }, code: 7 });
});

/** The guide's pages of Wait and Task: numbers of seconds from 0 or 1 to 99,999,999, also where they are computed. */
test.each<[string, object, { error: string; cause: RegExp }]>([
  [
    'Seconds',
    { QueryLanguage: 'JSONata', Type: 'Wait', Seconds: '{% 99999999 + 1 %}' },
    { error: 'States.QueryEvaluationError', cause: /from 0 to 99999999/ },
  ],
  [
    'SecondsPath',
    { Type: 'Wait', SecondsPath: '$.seconds' },
    { error: 'States.Runtime', cause: /above 99999999: \$\.seconds == 100000000/ },
  ],
  [
    'TimeoutSecondsPath',
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSecondsPath: '$.seconds' },
    { error: 'States.Runtime', cause: /TimeoutSecondsPath field refers to value "100000000"/ },
  ],
])('%s has a maximum', async (_field, state, { error, cause }) => {
  const A = { ...('Resource' in state && { Parameters: { FunctionName: 'f' } }), ...state, End: true };
  const definition = { StartAt: 'A', States: { A } };
  expect(await ended(client, await run(definition, { seconds: 100_000_000 }))).toMatchObject({
    status: 'FAILED',
    error,
    cause: expect.stringMatching(cause),
  });
});

test('the variables of one Assign must not be larger than the data limit together', async () => {
  const assign = (...names: string[]) => ({
    StartAt: 'A',
    States: {
      A: {
        Type: 'Pass',
        Assign: Object.fromEntries(names.map((name) => [`${name}.$`, '$.text'])),
        End: true,
      },
    },
  });
  const input = { text: 'x'.repeat(200_000) };
  expect(await outputOf(assign('x'), input)).toEqual(input);
  expect(await outputOf(assign('x', 'y'), input)).toContain('States.DataLimitExceeded');
});

describe('task tokens', () => {
  test("accepts a result before the function has returned and ignores the function's return value", async () => {
    behaviour = async ({ TaskToken: taskToken }) => {
      await client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: '"from the worker"' }));
      return 'from the function';
    };
    expect(await outputOf(one(callback()))).toEqual({ result: 'from the worker' });
  });

  test('refuses output that is not JSON, and the task keeps waiting', async () => {
    const refusals: unknown[] = [];
    behaviour = async ({ TaskToken: taskToken }) => {
      await client
        .send(new sfn.SendTaskSuccessCommand({ taskToken, output: '{' }))
        .catch((error) => refusals.push(error));
      await client.send(
        new sfn.SendTaskFailureCommand({ taskToken, error: 'SpotInterrupted', cause: 'taken' }),
      );
    };
    expect(await outputOf(one(callback()))).toEqual(['SpotInterrupted', 'taken']);
    expect(refusals[0]).toBeInstanceOf(sfn.InvalidOutput);
  });
});

test('what SendTaskFailure leaves out is null where it is caught', async () => {
  behaviour = async ({ TaskToken: taskToken }) => {
    await client.send(new sfn.SendTaskFailureCommand({ taskToken }));
  };
  const states = {
    A: { ...callback(), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
    B: { Type: 'Pass', End: true },
  };
  expect(await outputOf({ StartAt: 'A', States: states })).toEqual({ Error: null, Cause: null });
});

describe('Parallel and Map', () => {
  test('a failing branch stops the others', async () => {
    behaviour = () => failWith('Broken');
    const branches = [
      { StartAt: 'Call', States: { Call: { ...task(), End: true } } },
      { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } },
    ];
    const executionArn = await run(one({ Type: 'Parallel', Branches: branches }));
    expect((await ended(client, executionArn)).error).toBe('Broken');
    expect((await eventTypes(client, executionArn)).slice(-5)).toEqual([
      'TaskFailed',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  const each = (state: object) => ({ StartAt: 'Each', States: { Each: { End: true, ...state } } });

  test('Map runs at most MaxConcurrency iterations at a time', async () => {
    let [running, most] = [0, 0];
    behaviour = async (event) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
      return event;
    };
    const processor = each(task({ ResultSelector: { 'n.$': '$.Payload' } }));
    const output = await outputOf(
      one({ Type: 'Map', MaxConcurrency: 2, ItemProcessor: processor }),
      [1, 2, 3, 4, 5],
    );
    expect(output).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
    expect(most).toBe(2);
  });

  test('Map succeeds up to its tolerated number of failures and fails above it', async () => {
    behaviour = (event) => (Number(event) > 2 ? failWith('TooMuch') : event);
    const map = (count: number) =>
      one({ Type: 'Map', ToleratedFailureCount: count, MaxConcurrency: 1, ItemProcessor: each(task()) });
    expect(await outputOf(map(2), [1, 3, 2, 4])).toEqual([{ result: 1 }, { result: 2 }]);
    expect(await outputOf(map(1), [1, 3, 2, 4])).toEqual([
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    ]);
  });

  test('iterations read outer variables and keep their assignments to themselves', async () => {
    const definition = {
      StartAt: 'Before',
      States: {
        Before: { Type: 'Pass', Assign: { factor: 10, items: [1, 2] }, Next: 'Items' },
        Items: {
          Type: 'Map',
          ItemsPath: '$items',
          ItemProcessor: {
            StartAt: 'Each',
            States: {
              Each: {
                Type: 'Pass',
                Assign: { 'own.$': '$', 'factor.$': 'States.MathAdd($factor, 1)' },
                Next: 'Show',
              },
              Show: {
                Type: 'Pass',
                Parameters: { 'own.$': '$own', 'factor.$': '$factor', 'index.$': '$$.Map.Item.Index' },
                End: true,
              },
            },
          },
          Next: 'After',
        },
        After: { Type: 'Pass', Parameters: { 'factor.$': '$factor', 'shown.$': '$' }, End: true },
      },
    };
    expect(await outputOf(definition)).toEqual({
      factor: 10,
      shown: [
        { own: 1, factor: 11, index: 0 },
        { own: 2, factor: 11, index: 1 },
      ],
    });
  });
});

describe('redrive', () => {
  test('continues from the failed state without repeating finished branches', async () => {
    let broken = true;
    behaviour = (_event, name) => (broken && name === 'weak' ? failWith('Broken') : name);
    const branch = (state: string, name: string) => ({
      StartAt: state,
      States: { [state]: { ...task({ Parameters: { FunctionName: name } }), End: true } },
    });
    const definition = {
      StartAt: 'First',
      States: {
        First: { ...task({ Parameters: { FunctionName: 'first' } }), Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [branch('Strong', 'strong'), branch('Weak', 'weak')], End: true },
      },
    };
    const executionArn = await run(definition);
    await until(() => lambda.calls.length === 3);
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'FAILED',
      redriveStatus: 'REDRIVABLE',
    });
    broken = false;
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    const { status, output, redriveCount } = await ended(client, executionArn);
    expect([status, JSON.parse(output ?? ''), redriveCount]).toEqual([
      'SUCCEEDED',
      [{ result: 'strong' }, { result: 'weak' }],
      1,
    ]);
    expect(lambda.calls.filter(({ name }) => name === 'first')).toHaveLength(1);
    expect(lambda.calls.filter(({ name }) => name === 'weak')).toHaveLength(2);
    expect(await eventTypes(client, executionArn)).toContain('ExecutionRedriven');
    const again = client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    await expect(again).rejects.toThrow(sfn.ExecutionNotRedrivable);
  });
});

test('Fail takes its error and cause from paths and intrinsic functions', async () => {
  const state = { Type: 'Fail', ErrorPath: '$.name', CausePath: "States.Format('page {}', $.page)" };
  const definition = { StartAt: 'A', States: { A: state } };
  expect(await outputOf(definition, { name: 'BadPage', page: 3 })).toEqual(['BadPage', 'page 3']);
});

test('a Choice without a matching rule ends the execution with States.Runtime', async () => {
  const state = { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'B' }] };
  const definition = { StartAt: 'A', States: { A: state, B: { Type: 'Succeed' } } };
  expect(await outputOf(definition, { a: 2 })).toEqual([
    'States.Runtime',
    expect.stringContaining(
      "executing the state 'A' (entered at the event id #2). Failed to transition out of the state.",
    ),
  ]);
});

test('a field named __proto__ is kept wherever a state writes it', async () => {
  const kept = JSON.parse('{"__proto__":{"a":1}}') as object;
  const wrote = async (state: object) =>
    JSON.stringify(await outputOf(one({ Type: 'Pass', ...state }), { one: 1 }));
  const inPath = JSON.parse('{"__proto__":{"a.$":"$.one"}}') as object;
  const inJsonata = JSON.parse('{"__proto__":{"a":"{% 1 %}"}}') as object;
  expect(await wrote({ Parameters: inPath })).toBe(JSON.stringify(kept));
  expect(await wrote({ QueryLanguage: 'JSONata', Output: inJsonata })).toBe(JSON.stringify(kept));
  expect(await wrote({ ResultPath: '$.__proto__', Result: { a: 1 } })).toBe('{"one":1,"__proto__":{"a":1}}');
});

describe('values with more levels than the engine can write', () => {
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
  const fails = async (definition: object, input: unknown = {}) =>
    expect(await outputOf(definition, input)).toEqual([
      'States.Runtime',
      expect.stringMatching(/'(A|lambda)' .* more than 1000 levels/),
    ]);
  const repeated = (more: object) => ({
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Assign: { 'v.$': '$' }, Next: 'A' },
      A: { Type: 'Pass', Next: 'Again', ...more },
      Again: {
        Type: 'Choice',
        Choices: [{ Variable: '$.end', IsPresent: true, Next: 'End' }],
        Default: 'A',
      },
      End: { Type: 'Succeed' },
    },
  });

  test('are rejected as an input', async () => {
    await expect(run(one({ Type: 'Pass' }), nested(3000))).rejects.toThrow('more than 1000 levels');
    expect(await outputOf(one({ Type: 'Pass' }), nested(1000))).toEqual(nested(1000));
  });

  test('end an execution whose states wrap their input again and again', async () => {
    await fails(repeated({ Parameters: { 'a.$': '$' } }), nested(990));
  });

  test('end an execution whose states wrap a variable again and again', async () => {
    await fails(repeated({ Assign: { v: { 'a.$': '$v' } } }), nested(990));
  });

  test('end an execution whose function returns them', async () => {
    behaviour = () => nested(3000);
    await fails(one(task()));
  });

  test('are rejected as a request', async () => {
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': 'AWSStepFunctions.CreateStateMachine' },
      body: JSON.stringify({ loggingConfiguration: nested(3000) }),
    });
    expect(await response.json()).toMatchObject({ __type: 'SerializationException' });
  });

  test('end an execution whose expression makes them', async () => {
    const text = '{% $reduce([1..3000], function($all, $one) { {"a": $all} }) %}';
    for (const state of [
      { Type: 'Pass', Output: text },
      { Type: 'Wait', Seconds: text },
    ]) {
      expect(await outputOf(one({ ...state, QueryLanguage: 'JSONata' }))).toEqual([
        'States.QueryEvaluationError',
        expect.stringContaining('too many levels'),
      ]);
    }
  });
});

test('a live listener receives every event', () => {
  expect(seen).toEqual(expect.arrayContaining(['ExecutionStarted', 'TaskScheduled', 'ExecutionSucceeded']));
});

test.each([
  ['lambda:invoke.waitForTaskToken', 'TaskToken', { FunctionName: 'f', Payload: {} }],
  ['sqs:sendMessage', 'Body', { QueueUrl: 'http://q', MessageBody: 'm' }],
  ['sns:publish', 'Topic', { Message: 'm' }],
  ['events:putEvents', 'Events', { Entries: [] }],
  ['dynamodb:getItem', 'Table', { TableName: 't', Key: {} }],
  ['dynamodb:putItem', 'Key', { TableName: 't', Item: {} }],
])('%s with %s.$ ends the execution before its task starts', async (action, field, others) => {
  const parameters = { ...others, [`${field}.$`]: '$.x' };
  const state = { Type: 'Task', Resource: `arn:aws:states:::${action}`, Parameters: parameters };
  const caught = { ...one({ ...state, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }) };
  Object.assign(caught.States, { B: { Type: 'Pass', End: true } });
  const executionArn = await run(caught, { x: 'y' });
  expect(await ended(client, executionArn)).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringMatching(
      new RegExp(
        `^An error occurred while executing the state 'A' .*The Parameters '.*' could not be used to start the Task: \\[The field "${field}" is not supported by Step Functions\\]$`,
      ),
    ),
  });
  expect(await eventTypes(client, executionArn)).toEqual([
    ...['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed'],
  ]);
});

test.each([
  [
    'a field that the action lacks',
    { Bucket: 'b', Keys: 'k' },
    '[The field "Keys" is not supported by Step Functions, The field "Key" is required but was missing',
  ],
  [
    'a member that an object of it lacks',
    { Bucket: 'b', Key: 'k', Tagging: { TagSet: [{ Ky: 'a' }] } },
    '[The field "Ky" is not supported',
  ],
  [
    'null for a required field',
    { Bucket: null, Key: 'k' },
    '[The field "Bucket" is required but was missing',
  ],
])(
  '%s that the input brings to a service with a client ends the execution before its task starts',
  async (_title, parameters, problem) => {
    const state = {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:putObjectTagging' },
      ...{ QueryLanguage: 'JSONata', Arguments: '{% $states.input %}', End: true },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
    };
    const definition = { StartAt: 'A', States: { A: state, B: { Type: 'Succeed' } } };
    const executionArn = await run(definition, parameters);
    expect(await ended(client, executionArn)).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(problem),
    });
    expect(await eventTypes(client, executionArn)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed'],
    ]);
  },
);

test('a task whose client of the AWS SDK is not installed fails with the command that installs it', async () => {
  const crawl = {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
    Parameters: { Name: 'c' },
  };
  expect(await ended(client, await run(one(crawl)))).toMatchObject({
    error: 'Glue.SdkClientException',
    cause: expect.stringContaining('npm install @aws-sdk/client-glue'),
  });
});

describe('States.Runtime inside a state', () => {
  const failing = {
    StartAt: 'F',
    States: { F: { Type: 'Pass', End: true, Parameters: { 'm.$': '$.none' } } },
  };
  const noMatch = {
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ Variable: '$.x', StringEquals: 'never', Next: 'D' }] },
      D: { Type: 'Pass', End: true },
    },
  };
  const rescued = (state: object) => ({
    StartAt: 'A',
    States: {
      A: { ...state, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }], End: true },
      H: { Type: 'Pass', End: true },
    },
  });

  test.each([
    ['a branch', failing, { Type: 'Parallel', Branches: [failing] }],
    ['a branch whose Choice has no match', noMatch, { Type: 'Parallel', Branches: [noMatch] }],
    ['an iteration', failing, { Type: 'Map', ItemProcessor: failing, ItemsPath: '$.list' }],
  ])('ends the execution from %s, whatever catches around it', async (_, __, state) => {
    const executionArn = await run(rescued(state), { x: 'a', list: [1] });
    expect(await ended(client, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const types = await eventTypes(client, executionArn);
    expect(types.at(-1)).toBe('ExecutionFailed');
    expect(types.at(-2)).toMatch(/StateEntered$/);
  });
});

/** Each event with the one that AWS names as its cause. */
async function causes(
  definition: object,
  input: unknown,
): Promise<[string | undefined, number | undefined][]> {
  const executionArn = await run(definition, input);
  await ended(client, executionArn);
  const { events = [] } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
  return events.map(({ type, previousEventId }) => [type, previousEventId]);
}

test.each<[field: string, value: unknown, cause: string | undefined]>([
  ['ToleratedFailureCount', '2', undefined],
  ['ToleratedFailureCount', '0x2', 'is not a valid integer'],
  ['ToleratedFailureCount', 1.5, 'is not a valid integer'],
  ['ToleratedFailureCount', -1, 'ToleratedFailureCount cannot be negative.'],
  ['ToleratedFailurePercentage', 1.5, undefined],
  ['ToleratedFailurePercentage', ' 1.5 ', undefined],
  ['ToleratedFailurePercentage', 'x', 'is not a valid float'],
  ['MaxConcurrency', '+2', undefined],
  ['MaxConcurrency', '1e1', 'is not a valid integer'],
])('a path of %s leads to %j', async (field, value, cause) => {
  const map = { Type: 'Map', ItemsPath: '$.items', [`${field}Path`]: '$.value', ItemProcessor: passes };
  const execution = await ended(client, await run(one(map), { items: [1], value }));
  expect(execution).toMatchObject(
    cause === undefined
      ? { status: 'SUCCEEDED' }
      : { status: 'FAILED', cause: expect.stringContaining(cause) },
  );
});

test('the failure of a tolerance names the event before the start of its Map as the cause', async () => {
  const map = {
    Type: 'Map',
    ItemsPath: '$.items',
    ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
    ToleratedFailureCountPath: '$.count',
  };
  expect(await causes(one(map), { items: [1], count: 'many' })).toEqual([
    ['ExecutionStarted', 0],
    ['MapStateEntered', 0],
    ['MapStateStarted', 2],
    ['ExecutionFailed', 2],
  ]);
});

test('a Parallel that fails after its branches names the report of their success as the cause', async () => {
  const parallel = { Type: 'Parallel', Branches: [passes], ResultSelector: { 'a.$': '$.none' } };
  expect((await causes(one(parallel), {})).slice(4)).toEqual([
    ['PassStateExited', 4],
    ['ParallelStateSucceeded', 5],
    ['ExecutionFailed', 6],
  ]);
});

test('a rule of Catch that fails follows the event before the failure of its Parallel, which fails again', async () => {
  const branch = { StartAt: 'I', States: { I: { Type: 'Fail', Error: 'E' } } };
  const rule = {
    ErrorEquals: ['States.ALL'],
    Output: { v: '{% $states.input.none %}' },
    Assign: { error: '{% $states.errorOutput.Error %}' },
    Next: 'Last',
  };
  const parallel = {
    ...{ Type: 'Parallel', Branches: [branch], End: true },
    Catch: [{ ErrorEquals: ['Other'], Next: 'Last' }, rule],
  };
  const definition = {
    ...{ QueryLanguage: 'JSONata', StartAt: 'A' },
    States: { A: parallel, Last: { Type: 'Succeed' } },
  };
  expect((await causes(definition, {})).slice(3)).toEqual([
    ['FailStateEntered', 3],
    ['ParallelStateFailed', 4],
    ['EvaluationFailed', 4],
    ['ParallelStateFailed', 6],
    ['ExecutionFailed', 7],
  ]);
  expect((await ended(client, await run(definition, {}))).cause).toContain(
    "specified for the field 'Catch[1]/Output/v' returned nothing",
  );
});

test('the report that a Map or Parallel succeeded is the cause of no event but an end by failure', async () => {
  const inner = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
  expect(
    await causes(one({ Type: 'Map', ItemsPath: '$.items', ItemProcessor: inner }), { items: [] }),
  ).toEqual([
    ['ExecutionStarted', 0],
    ['MapStateEntered', 0],
    ['MapStateStarted', 2],
    ['MapStateSucceeded', 3],
    ['MapStateExited', 3],
    ['ExecutionSucceeded', 5],
  ]);
  const parallel = await causes(one({ Type: 'Parallel', Branches: [inner] }), {});
  expect(parallel.slice(-3)).toEqual([
    ['ParallelStateSucceeded', 5],
    ['ParallelStateExited', 5],
    ['ExecutionSucceeded', 7],
  ]);
});

const passes = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };

test('an iteration follows the last event in the one whose end let it start', async () => {
  const map = { Type: 'Map', MaxConcurrency: 1, ItemProcessor: passes };
  expect((await causes(one(map), [1, 2])).slice(5, 12)).toEqual([
    ['PassStateExited', 5],
    ['MapIterationSucceeded', 6],
    ['MapIterationStarted', 6],
    ['PassStateEntered', 8],
    ['PassStateExited', 9],
    ['MapIterationSucceeded', 10],
    ['MapStateSucceeded', 11],
  ]);
});

test('what follows a distributed Map names the success of its run as the cause', async () => {
  const processor = { ...passes, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
  expect((await causes(one({ Type: 'Map', ItemProcessor: processor }), [1])).slice(3)).toEqual([
    ['MapRunStarted', 3],
    ['MapRunSucceeded', 4],
    ['MapStateSucceeded', 5],
    ['MapStateExited', 5],
    ['ExecutionSucceeded', 7],
  ]);
});

test('tasks of a Map that time out in the same second each show it, and the first ends the others', async () => {
  behaviour = () => new Promise(() => {});
  const processor = { StartAt: 'T', States: { T: { ...task({ TimeoutSeconds: 1 }), End: true } } };
  const events = await causes(one({ Type: 'Map', ItemProcessor: processor }), [1, 2]);
  const [, first] = events.find(([type]) => type === 'MapIterationFailed') ?? [];
  expect(events.slice(11)).toEqual([
    ['TaskTimedOut', expect.any(Number)],
    ['TaskTimedOut', expect.any(Number)],
    ['MapIterationFailed', first],
    ['TaskStateAborted', first],
    ['MapIterationAborted', first],
    ['TaskStateAborted', first],
    ['MapStateFailed', first],
    ['ExecutionFailed', 18],
  ]);
  expect(events[(first ?? 0) - 1]?.[0]).toBe('TaskTimedOut');
});
