/** Every event of many kinds of executions has the shape that the API's model gives its type, and names its cause. */

import * as sfn from '@aws-sdk/client-sfn';
import { faultsOf } from './testing/event-shapes.ts';
import {
  type FakeLambda,
  fakeLambda,
  rawHistory,
  role,
  type Served,
  serve,
  sleep,
  until,
} from './testing/served.ts';

let lambda: FakeLambda;
let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];

beforeAll(async () => {
  lambda = await fakeLambda(async (event) => {
    const { fail, seconds = 0 } = (event ?? {}) as { fail?: boolean; seconds?: number };
    if (fail) throw new Error('no');
    await sleep(1000 * seconds);
    return event;
  });
  served = await serve({ endpoints: { lambda: lambda.url, '*': lambda.url } });
});
afterAll(async () => {
  await served.close();
  await lambda.close();
});

const f = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const invoke = 'arn:aws:states:::lambda:invoke';
const pass = { Type: 'Pass', End: true };
const waiting = { Type: 'Wait', Seconds: 600, End: true };
const last = { Last: { Type: 'Succeed' } };
const flow = (state: object, more: object = {}, name = 'Inner') => ({
  StartAt: name,
  States: { [name]: state, ...more },
});
const fail = { Type: 'Fail', Error: 'E', Cause: 'C' };
const retry = { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] };
const caught = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last' }] };
const mode = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const call = {
  Type: 'Task',
  Resource: invoke,
  Parameters: { FunctionName: 'f', 'Payload.$': '$' },
  End: true,
};
const jsonata = { QueryLanguage: 'JSONata' };
const map = (each: object, more: object = {}) => ({
  Type: 'Map',
  ItemProcessor: flow(each),
  End: true,
  ...more,
});
const items = [{ fail: false }, { fail: true }, { fail: false }];

/** Machines that end alone, each with its input. */
const machines: readonly [title: string, definition: object, input?: unknown][] = [
  [
    'direct states',
    {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1, 'y.$': '$' }, Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: false, Next: 'C' }], Default: 'Last' },
        C: { Type: 'Wait', Seconds: 0, Next: 'Last' },
        ...last,
      },
    },
  ],
  ['Fail', flow(fail)],
  ['Fail without error and cause', flow({ Type: 'Fail' })],
  [
    'no rule that matches',
    flow({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'Last' }] }, last),
  ],
  [
    'a function with a timeout, a heartbeat and a role',
    flow({
      Type: 'Task',
      Resource: f,
      TimeoutSeconds: 60,
      HeartbeatSeconds: 30,
      Credentials: { RoleArn: role },
      End: true,
    }),
  ],
  [
    'a function that times out',
    flow({ Type: 'Task', Resource: f, TimeoutSeconds: 1, End: true }),
    { seconds: 2 },
  ],
  ['a function that fails, twice', flow({ Type: 'Task', Resource: f, ...retry, End: true }), { fail: true }],
  ['a call with deadlines and a role', flow({ ...call, TimeoutSeconds: 60, Credentials: { RoleArn: role } })],
  ['a call that fails and is caught', flow({ ...call, ...retry, ...caught }, last), { fail: true }],
  ['a call with a result that is not found', flow({ ...call, ResultSelector: { 'a.$': '$.none' } })],
  ['a call with missing parameters', flow({ ...call, Parameters: { 'FunctionName.$': '$.none' } })],
  ['a call that times out', flow({ ...call, Resource: `${invoke}.waitForTaskToken`, TimeoutSeconds: 1 })],
  [
    'a call without a heartbeat',
    flow({ ...call, Resource: `${invoke}.waitForTaskToken`, HeartbeatSeconds: 1 }),
  ],
  [
    'a service of the AWS SDK that fails',
    flow({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sfn:listActivities',
      Parameters: {},
      End: true,
    }),
  ],
  [
    'an activity without a worker',
    flow({
      Type: 'Task',
      Resource: 'arn:aws:states:us-east-1:123456789012:activity:idle',
      TimeoutSeconds: 1,
      End: true,
    }),
  ],
  [
    'JSONata',
    {
      ...jsonata,
      ...flow(
        {
          Type: 'Task',
          Resource: invoke,
          Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
          Assign: { got: '{% $states.result.Payload %}' },
          Output: '{% $states.result.StatusCode %}',
          Next: 'Last',
        },
        last,
      ),
    },
  ],
  ['an expression that fails', { ...jsonata, ...flow({ Type: 'Pass', Output: '{% $none %}', End: true }) }],
  [
    'an expression that fails after a call, and is caught',
    {
      ...jsonata,
      ...flow(
        {
          Type: 'Task',
          Resource: invoke,
          Arguments: { FunctionName: 'f' },
          Output: '{% $none %}',
          ...caught,
          End: true,
        },
        last,
      ),
    },
  ],
  [
    'Parallel',
    flow({ Type: 'Parallel', Branches: [flow(pass, {}, 'One'), flow(call, {}, 'Two')], End: true }),
  ],
  [
    'Parallel that fails, is repeated and caught',
    flow(
      {
        Type: 'Parallel',
        Branches: [flow(fail, {}, 'One'), flow({ Type: 'Wait', Seconds: 60, End: true }, {}, 'Two')],
        ...retry,
        ...caught,
        End: true,
      },
      last,
    ),
  ],
  [
    'Parallel that fails while states of each type wait',
    flow({
      Type: 'Parallel',
      Branches: [
        flow({ Type: 'Wait', Seconds: 1, Next: 'Fail' }, { Fail: fail }, 'One'),
        flow({ Type: 'Wait', Seconds: 60, End: true }, {}, 'Two'),
        flow({ Type: 'Parallel', Branches: [flow(waiting, {}, 'Four')], End: true }, {}, 'Three'),
        flow(map(waiting, { ItemProcessor: flow(waiting, {}, 'Six') }), {}, 'Five'),
        flow(map(waiting, { ItemProcessor: { ...mode, ...flow(waiting, {}, 'Eight') } }), {}, 'Seven'),
      ],
      End: true,
    }),
    [1],
  ],
  ['a Map', flow(map(call, {}), {}, 'Map'), [1, 2, 3]],
  ['a Map of nothing', flow(map(pass), {}, 'Map'), []],
  ['a Map one at a time that fails', flow(map(call, { MaxConcurrency: 1 }), {}, 'Map'), items],
  ['a Map that fails, is repeated and caught', flow(map(call, { ...retry, ...caught }), last, 'Map'), items],
  ['a Map that tolerates failures', flow(map(call, { ToleratedFailureCount: 1 }), {}, 'Map'), items],
  ['a Map that tolerates too few', flow(map(call, { ToleratedFailurePercentage: 10 }), {}, 'Map'), items],
  ['a Map without items', flow(map(pass, { ItemsPath: '$.none' }), {}, 'Map')],
  ['a Map whose items are not a list', flow(map(pass), {}, 'Map'), 5],
  [
    'a Map in a Map',
    flow(
      map(map(pass, {}), {
        ItemProcessor: flow(map(pass, { ItemProcessor: flow(pass, {}, 'Deep') }), {}, 'Middle'),
      }),
      {},
      'Map',
    ),
    [[1], [2, 3]],
  ],
  ['a distributed Map', flow(map(pass, { ItemProcessor: { ...mode, ...flow(pass) } }), {}, 'Map'), [1, 2]],
  [
    'a distributed Map that fails',
    flow(map(pass, { ItemProcessor: { ...mode, ...flow(fail) } }), {}, 'Map'),
    [1, 2],
  ],
  [
    'a distributed Map that fails, is repeated and caught',
    flow(map(pass, { ItemProcessor: { ...mode, ...flow(fail) }, ...retry, ...caught }), last, 'Map'),
    [1],
  ],
  ['a machine that times out', { ...flow({ Type: 'Wait', Seconds: 600, End: true }), TimeoutSeconds: 1 }],
];

/** Types of all events that the tests have seen. */
const seen = new Set<string>();

/** Returns what is wrong with the history of an execution. */
async function faultsIn(executionArn: string | undefined): Promise<string[]> {
  const events = await rawHistory(served.url, executionArn);
  for (const { type } of events) seen.add(type);
  return faultsOf(events);
}

async function create(definition: object): Promise<string | undefined> {
  const command = { name: crypto.randomUUID(), definition: JSON.stringify(definition), roleArn: role };
  return (await send(new sfn.CreateStateMachineCommand(command))).stateMachineArn;
}

async function start(definition: object, input: unknown): Promise<string | undefined> {
  const stateMachineArn = await create(definition);
  const command = { stateMachineArn, input: JSON.stringify(input) };
  return (await send(new sfn.StartExecutionCommand(command))).executionArn;
}

async function end(executionArn: string | undefined) {
  let status: string | undefined;
  await until(async () => {
    status = (await send(new sfn.DescribeExecutionCommand({ executionArn }))).status;
    return status !== 'RUNNING';
  });
  return status;
}

async function types(executionArn: string | undefined): Promise<string[]> {
  return (await rawHistory(served.url, executionArn)).map(({ type }) => type);
}

beforeAll(async () => {
  await send(new sfn.CreateActivityCommand({ name: 'idle' }));
});

test.each<[title: string, definition: object, input?: unknown]>(machines)(
  '%s',
  async (_title, definition, input: unknown = {}) => {
    const executionArn = await start(definition, input);
    await end(executionArn);
    expect(await faultsIn(executionArn)).toEqual([]);
    for (const run of (await send(new sfn.ListMapRunsCommand({ executionArn }))).mapRuns ?? []) {
      const { executions } = await send(new sfn.ListExecutionsCommand({ mapRunArn: run.mapRunArn }));
      for (const child of executions ?? []) expect(await faultsIn(child.executionArn)).toEqual([]);
    }
  },
);

/** Machines that are stopped while they wait, and the type of event that shows that they do. */
test.each<[title: string, definition: object, until: string, input?: unknown]>([
  ['Wait', flow(waiting), 'WaitStateEntered'],
  ['a task', flow({ ...call, Resource: `${invoke}.waitForTaskToken` }), 'TaskSubmitted'],
  [
    'Parallel',
    flow({ Type: 'Parallel', Branches: [flow(waiting, {}, 'One')], End: true }),
    'WaitStateEntered',
  ],
  ['a Map', flow(map(waiting), {}, 'Map'), 'WaitStateEntered', [1, 2]],
  [
    'a distributed Map',
    flow(map(pass, { ItemProcessor: { ...mode, ...flow(waiting) } }), {}, 'Map'),
    'MapRunStarted',
    [1],
  ],
])('%s that is stopped, and redriven and stopped', async (_title, definition, shown, input: unknown = {}) => {
  const executionArn = await start(definition, input);
  await until(async () => (await types(executionArn)).includes(shown));
  await send(new sfn.StopExecutionCommand({ executionArn, error: 'Stopped', cause: 'enough' }));
  expect(await end(executionArn)).toBe('ABORTED');
  await send(new sfn.RedriveExecutionCommand({ executionArn }));
  await until(async () => (await types(executionArn)).includes('ExecutionRedriven'));
  await send(new sfn.StopExecutionCommand({ executionArn }));
  await end(executionArn);
  expect(await faultsIn(executionArn)).toEqual([]);
});

test('tasks that failed and are redriven', async () => {
  const definition = flow(
    {
      Type: 'Parallel',
      Branches: [
        flow({ ...call, Parameters: { FunctionName: 'f', Payload: { fail: true } } }, {}, 'One'),
        flow(pass, {}, 'Two'),
      ],
      End: true,
    },
    {},
    'Both',
  );
  const executionArn = await start(definition, {});
  expect(await end(executionArn)).toBe('FAILED');
  await send(new sfn.RedriveExecutionCommand({ executionArn }));
  expect(await end(executionArn)).toBe('FAILED');
  expect(await faultsIn(executionArn)).toEqual([]);
});

test.each<[end: string, sent: (taskToken: string | undefined) => Promise<unknown>]>([
  ['succeeds', (taskToken) => send(new sfn.SendTaskSuccessCommand({ taskToken, output: '1' }))],
  ['fails', (taskToken) => send(new sfn.SendTaskFailureCommand({ taskToken, error: 'E' }))],
])('an activity that %s', async (title, sent) => {
  const { activityArn } = await send(new sfn.CreateActivityCommand({ name: title }));
  const task = { Type: 'Task', Resource: activityArn, TimeoutSeconds: 60, HeartbeatSeconds: 30, End: true };
  const executionArn = await start(flow(task), {});
  await sent((await send(new sfn.GetActivityTaskCommand({ activityArn, workerName: 'w' }))).taskToken);
  await end(executionArn);
  expect(await faultsIn(executionArn)).toEqual([]);
});

test('an execution that another one starts and waits for', async () => {
  const child = await create(flow(pass));
  for (const way of ['', '.sync', '.sync:2']) {
    const Resource = `arn:aws:states:::states:startExecution${way}`;
    const executionArn = await start(
      flow({ Type: 'Task', Resource, Parameters: { StateMachineArn: child, Input: {} }, End: true }),
      {},
    );
    expect(await end(executionArn)).toBe('SUCCEEDED');
    expect(await faultsIn(executionArn)).toEqual([]);
  }
});

/** Returns the events of an execution without what orders them. */
async function contentIn(executionArn: string | undefined): Promise<object[]> {
  await end(executionArn);
  const events = await rawHistory(served.url, executionArn);
  return events.map(({ id: _id, timestamp: _timestamp, previousEventId: _previous, ...event }) => event);
}

const whole = { truncated: false };
const input = (text: string) => ({ input: text, inputDetails: whole });
const output = (text: string) => ({ output: text, outputDetails: whole });
const begun = (text: string) => ({
  type: 'ExecutionStarted',
  executionStartedEventDetails: { ...input(text), roleArn: role },
});
const succeeded = (text: string) => ({
  type: 'ExecutionSucceeded',
  executionSucceededEventDetails: output(text),
});
const entered = (type: string, name: string, text: string) => ({
  type: `${type}StateEntered`,
  stateEnteredEventDetails: { name, ...input(text) },
});
const exited = (type: string, name: string, text: string, more: object = {}) => ({
  type: `${type}StateExited`,
  stateExitedEventDetails: { name, ...output(text), ...more },
});

test('each event of a task has every member with its value', async () => {
  const task = {
    ...call,
    Resource: `${invoke}.waitForTaskToken`,
    Parameters: { FunctionName: 'f', Payload: { 'token.$': '$$.Task.Token' } },
    TimeoutSeconds: 60,
    HeartbeatSeconds: 30,
    Credentials: { RoleArn: role },
    Assign: { 'got.$': '$.a' },
  };
  const executionArn = await start(flow(task), { x: 1 });
  await until(async () => (await types(executionArn)).includes('TaskSubmitted'));
  const { token: taskToken } = (lambda.calls.at(-1)?.event ?? {}) as { token?: string };
  await send(new sfn.SendTaskSuccessCommand({ taskToken, output: '{"a":[1]}' }));
  const resource = { resourceType: 'lambda', resource: 'invoke.waitForTaskToken' };
  expect(await contentIn(executionArn)).toEqual([
    begun('{"x":1}'),
    entered('Task', 'Inner', '{"x":1}'),
    {
      type: 'TaskScheduled',
      taskScheduledEventDetails: {
        ...resource,
        region: 'us-east-1',
        parameters: `{"FunctionName":"f","Payload":{"token":"${taskToken}"}}`,
        timeoutInSeconds: 60,
        heartbeatInSeconds: 30,
        taskCredentials: { roleArn: role },
      },
    },
    { type: 'TaskStarted', taskStartedEventDetails: resource },
    {
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: {
        ...resource,
        output: expect.stringContaining('"StatusCode":200'),
        outputDetails: whole,
      },
    },
    { type: 'TaskSucceeded', taskSucceededEventDetails: { ...resource, ...output('{"a":[1]}') } },
    exited('Task', 'Inner', '{"a":[1]}', {
      assignedVariables: { got: '[1]' },
      assignedVariablesDetails: whole,
    }),
    succeeded('{"a":[1]}'),
  ]);
  const { events = [] } = await send(
    new sfn.GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
  );
  expect(events.find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails).toMatchObject({
    parameters: expect.stringContaining('FunctionName'),
  });
  expect(events.at(-1)?.executionSucceededEventDetails).toEqual({});
});

test('each event of a Map over a function has every member with its value', async () => {
  const each = { Type: 'Task', Resource: f, TimeoutSeconds: 60, End: true };
  const iteration = (type: string) => ({
    type: `MapIteration${type}`,
    [`mapIteration${type}EventDetails`]: { name: 'Map', index: 0 },
  });
  expect(await contentIn(await start(flow(map(each), {}, 'Map'), [7]))).toEqual([
    begun('[7]'),
    entered('Map', 'Map', '[7]'),
    { type: 'MapStateStarted', mapStateStartedEventDetails: { length: 1 } },
    iteration('Started'),
    entered('Task', 'Inner', '7'),
    {
      type: 'LambdaFunctionScheduled',
      lambdaFunctionScheduledEventDetails: { resource: f, ...input('7'), timeoutInSeconds: 60 },
    },
    { type: 'LambdaFunctionStarted' },
    { type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: output('7') },
    exited('Task', 'Inner', '7'),
    iteration('Succeeded'),
    { type: 'MapStateSucceeded' },
    exited('Map', 'Map', '[7]'),
    succeeded('[7]'),
  ]);
});

test('the tests above see all types of events but those of a start that fails', () => {
  expect(Object.keys(sfn.HistoryEventType).filter((type) => !seen.has(type))).toEqual([
    'ActivityScheduleFailed',
    'LambdaFunctionScheduleFailed',
    'LambdaFunctionStartFailed',
    'TaskStartFailed',
    'TaskSubmitFailed',
  ]);
});
