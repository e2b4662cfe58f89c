/** Kills the service during executions and starts it again on the same directory; nothing must be lost. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { createStatesService } from './index.ts';
import { clientFor, ended, type FakeLambda, fakeLambda, role, until } from './testing/served.ts';

const cli = new URL('./cli.ts', import.meta.url).pathname;

let directory: string;
let lambda: FakeLambda;
let children: ChildProcess[];
/** Behaviour of the called function; set by each test. */
let behaviour: (event: { TaskToken?: string }, name: string) => unknown;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'states-durability-'));
  children = [];
  lambda = await fakeLambda((event, name) => behaviour(event as { TaskToken?: string }, name));
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await lambda.close();
  rmSync(directory, { recursive: true });
});

async function startProcess() {
  const child = spawn(process.execPath, [cli, '--directory', directory], {
    env: { PATH: process.env.PATH, PORT: '0', AWS_ENDPOINT_URL_LAMBDA: lambda.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  const client = clientFor(line.split(' ').at(-1) ?? '');
  return {
    client,
    async kill() {
      client.destroy();
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

async function startMachine(client: ReturnType<typeof clientFor>, definition: object, input: object = {}) {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: 'durable', definition: JSON.stringify(definition), roleArn: role }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

async function history(client: ReturnType<typeof clientFor>, executionArn: string | undefined) {
  const { events = [] } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  return events.map(({ type }) => type ?? '');
}

const invoke = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: name, 'Payload.$': '$' },
  ResultSelector: { 'result.$': '$.Payload' },
  End: true,
  ...more,
});

describe('after kill -9', () => {
  test('an acknowledged execution is stored, and its chain of states continues to the end', async () => {
    behaviour = () => 'done';
    const before = await startProcess();
    const wait = { Type: 'Wait', Seconds: 1, Next: 'Call' };
    const executionArn = await startMachine(before.client, {
      StartAt: 'Wait',
      States: { Wait: wait, Call: invoke('f') },
    });
    await before.kill();

    const after = await startProcess();
    expect(await ended(after.client, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"result":"done"}',
    });
    expect(await history(after.client, executionArn)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('timers keep their deadlines, whether these pass before or after the restart', async () => {
    let calls = 0;
    let calledAt = 0;
    behaviour = () => {
      calls += 1;
      calledAt = Date.now();
      if (calls === 1) throw Object.assign(new Error('not yet'), { name: 'NotYet' });
      return calls;
    };
    const before = await startProcess();
    const retry = [{ ErrorEquals: ['NotYet'], IntervalSeconds: 2, MaxAttempts: 1 }];
    const executionArn = await startMachine(before.client, {
      StartAt: 'Call',
      States: { Call: invoke('f', { Retry: retry }) },
    });
    await until(() => calls === 1);
    const failedAt = calledAt;
    await until(async () => (await history(before.client, executionArn)).includes('TaskFailed'));
    await before.kill();

    const after = await startProcess();
    const readyAt = Date.now();
    expect(await ended(after.client, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"result":2}',
    });
    expect(calledAt - failedAt).toBeGreaterThan(1900);
    // A wait that began again would last two seconds from the restart.
    expect(calledAt - readyAt).toBeLessThan(1900);
  });

  test('a task keeps waiting with its token, and its message is not sent again', async () => {
    const tokens: string[] = [];
    behaviour = ({ TaskToken }) => {
      tokens.push(TaskToken ?? '');
    };
    const before = await startProcess();
    const call = invoke('worker', {
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'worker', Payload: { 'TaskToken.$': '$$.Task.Token' } },
      ResultSelector: { 'video.$': '$.video' },
      HeartbeatSeconds: 30,
    });
    const executionArn = await startMachine(before.client, { StartAt: 'Call', States: { Call: call } });
    await until(async () => (await history(before.client, executionArn)).includes('TaskSubmitted'));
    await before.kill();

    const after = await startProcess();
    const [taskToken] = tokens;
    await after.client.send(new SendTaskSuccessCommand({ taskToken, output: '{"video":"v.mp4"}' }));
    expect(await ended(after.client, executionArn)).toMatchObject({ output: '{"video":"v.mp4"}' });
    expect(tokens).toHaveLength(1);
  });

  test('branches and iterations continue; a pending call is repeated without a new event', async () => {
    const running = new Set<string>();
    let restarted = false;
    behaviour = (event, name) => {
      running.add(name);
      return restarted || name === 'quick' ? event : new Promise(() => {});
    };
    const before = await startProcess();
    const map = {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        StartAt: 'Each',
        States: { Each: invoke('slow', { ResultSelector: { 'item.$': '$.Payload' } }) },
      },
      End: true,
    };
    const parallel = {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Quick', States: { Quick: invoke('quick', { ResultSelector: { quick: true } }) } },
        { StartAt: 'Items', States: { Items: map } },
      ],
      End: true,
    };
    const executionArn = await startMachine(
      before.client,
      { StartAt: 'Both', States: { Both: parallel } },
      { items: [1, 2, 3] },
    );
    await until(() => lambda.calls.length === 4);
    await until(async () => (await history(before.client, executionArn)).includes('TaskSucceeded'));
    await before.kill();

    restarted = true;
    const after = await startProcess();
    const { output } = await ended(after.client, executionArn);
    expect(JSON.parse(output ?? '')).toEqual([{ quick: true }, [{ item: 1 }, { item: 2 }, { item: 3 }]]);
    expect(lambda.calls).toHaveLength(7);
    expect(
      (await history(after.client, executionArn)).filter((type) => type === 'TaskScheduled'),
    ).toHaveLength(4);
  });

  test('a distributed Map continues with the items that have no child yet and repeats none of the others', async () => {
    const running = new Set<unknown>();
    let restarted = false;
    behaviour = (event) => {
      running.add(event);
      return restarted || running.size <= 5 ? event : new Promise(() => {});
    };
    const before = await startProcess();
    const items = Array.from({ length: 40 }, (_, index) => index);
    const map = {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Each',
        States: { Each: invoke('f', { OutputPath: '$.result' }) },
      },
      MaxConcurrency: 3,
      End: true,
    };
    const executionArn = await startMachine(before.client, { StartAt: 'Map', States: { Map: map } }, items);
    await until(() => running.size === 8);
    await before.kill();

    restarted = true;
    const after = await startProcess();
    const { status, output } = await ended(after.client, executionArn);
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: JSON.stringify(items) });
    // The three pending calls are repeated; the last of the earlier ones might not be stored yet.
    expect(lambda.calls.length).toBeGreaterThanOrEqual(43);
    expect(lambda.calls.length).toBeLessThanOrEqual(46);
    const { mapRuns = [] } = await after.client.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns).toHaveLength(1);
    const { mapRunArn } = mapRuns[0] ?? {};
    expect(await after.client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 40, succeeded: 40, pending: 0 },
    });
    expect(await history(after.client, executionArn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('a redrive of a Map Run continues with the children that wait for it', async () => {
    let phase = 'broken';
    behaviour = (event) => {
      if (phase === 'broken') throw new Error('broken');
      return phase === 'hanging' ? new Promise(() => {}) : event;
    };
    const before = await startProcess();
    const map = {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Each',
        States: { Each: invoke('f', { OutputPath: '$.result' }) },
      },
      MaxConcurrency: 1,
      ToleratedFailureCount: 2,
      End: true,
    };
    const input = [1, 2, 3, 4];
    const executionArn = await startMachine(before.client, { StartAt: 'Map', States: { Map: map } }, input);
    expect((await ended(before.client, executionArn)).status).toBe('FAILED');
    phase = 'hanging';
    await before.client.send(new RedriveExecutionCommand({ executionArn }));
    await until(() => lambda.calls.length === 4);
    // The children that have not been redriven yet show that they wait.
    const { mapRuns = [] } = await before.client.send(new ListMapRunsCommand({ executionArn }));
    const { mapRunArn } = mapRuns[0] ?? {};
    const counts = { total: 4, running: 1, pending: 1, pendingRedrive: 2, failed: 0 };
    expect(await before.client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      itemCounts: counts,
      executionCounts: counts,
    });
    const statusFilter = 'PENDING_REDRIVE';
    const { executions = [] } = await before.client.send(
      new ListExecutionsCommand({ mapRunArn, statusFilter }),
    );
    expect(executions.map(({ status }) => status)).toEqual([statusFilter, statusFilter]);
    const child = { executionArn: executions[0]?.executionArn };
    expect(await before.client.send(new DescribeExecutionCommand(child))).toMatchObject({
      status: statusFilter,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    await before.kill();

    phase = 'mended';
    const after = await startProcess();
    const { status, output } = await ended(after.client, executionArn);
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '[1,2,3,4]' });
  });

  test('variables and items computed by JSONata stay the same', async () => {
    behaviour = (event) => event;
    const before = await startProcess();
    const each = {
      Type: 'Wait',
      Seconds: 1,
      Output: '{% $states.context.Map.Item.Value & $fixed %}',
      End: true,
    };
    const executionArn = await startMachine(before.client, {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { fixed: '{% $uuid() %}' }, Next: 'Map' },
        Map: {
          Type: 'Map',
          Items: '{% [$uuid(), $uuid()] %}',
          ItemSelector: '{% $states.context.Map.Item.Value & $fixed %}',
          ItemProcessor: { StartAt: 'Each', States: { Each: each } },
          Output: '{% $states.result %}',
          End: true,
        },
      },
    });
    await until(
      async () =>
        (await history(before.client, executionArn)).filter((type) => type === 'WaitStateEntered').length ===
        2,
    );
    const inputs = async (client: ReturnType<typeof clientFor>) => {
      const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
      return events.flatMap(({ type, stateEnteredEventDetails }) =>
        type === 'WaitStateEntered' ? [JSON.parse(stateEnteredEventDetails?.input ?? '')] : [],
      );
    };
    const made = await inputs(before.client);
    await before.kill();

    const after = await startProcess();
    expect(JSON.parse((await ended(after.client, executionArn)).output ?? '')).toEqual(made);
  });

  test('refuses a second service on the same directory', async () => {
    await startProcess();
    await expect(createStatesService({ directory, endpoints: {} })).rejects.toThrow(`${directory} is in use`);
  });

  test('all executions end correctly when the service is killed repeatedly at random times', async () => {
    behaviour = (event) => event;
    let current = await startProcess();
    const states = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => {
        const Next = `S${index + 1}`;
        if (index % 5 === 0)
          return [`S${index}`, { ...invoke('f', { ResultPath: null, Next }), End: undefined }];
        return [`S${index}`, { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next }];
      }),
    );
    const definition = { StartAt: 'S0', States: { ...states, S30: { Type: 'Succeed' } } };
    const { stateMachineArn } = await current.client.send(
      new CreateStateMachineCommand({ name: 'many', definition: JSON.stringify(definition), roleArn: role }),
    );
    const started = await Promise.all(
      Array.from({ length: 20 }, () =>
        current.client.send(new StartExecutionCommand({ stateMachineArn, input: '{"n":0}' })),
      ),
    );
    for (let round = 0; round < 3; round += 1) {
      await current.kill();
      current = await startProcess();
    }
    for (const { executionArn } of started) {
      expect(await ended(current.client, executionArn)).toMatchObject({
        status: 'SUCCEEDED',
        output: '{"n":24}',
      });
      const described = await current.client.send(new DescribeExecutionCommand({ executionArn }));
      expect(described.stopDate).toBeDefined();
      await history(current.client, executionArn);
    }
  });
});
