/** Deadlines follow the injected clock, so the tests do not wait for hours. */

import * as sfn from '@aws-sdk/client-sfn';
import { realClock } from './clock.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { ended, eventTypes, fakeLambda, role, serve, until } from './testing/served.ts';

test('the heartbeat of a function with a token counts from the moment that the function has returned', async () => {
  const clock = new ManualClock();
  let finish = () => {};
  const lambda = await fakeLambda(() => new Promise<void>((resolve) => (finish = resolve)));
  const { client, close } = await serve({ clock, endpoints: { lambda: lambda.url } });
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: 'f' },
    HeartbeatSeconds: 60,
    End: true,
  };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: task } });
  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({ name: 'heartbeat', definition, roleArn: role }),
  );
  const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
  await until(() => lambda.calls.length === 1);
  clock.advance(600);
  finish();
  await until(async () => (await eventTypes(client, executionArn)).includes('TaskSubmitted'));
  clock.advance(59);
  expect((await client.send(new sfn.DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  clock.advance(2);
  expect(await ended(client, executionArn)).toMatchObject({ error: 'States.Timeout' });
  await lambda.close();
  await close();
});

describe('a task with a token', () => {
  /** Starts an execution of one such task, and returns what its worker needs. */
  async function begin(limits: { HeartbeatSeconds: number; TimeoutSeconds?: number }, more: object = {}) {
    const clock = new ManualClock();
    const tokens: string[] = [];
    const lambda = await fakeLambda((event) => {
      tokens.push((event as { TaskToken: string }).TaskToken);
    });
    const { client, close } = await serve({ clock, endpoints: { lambda: lambda.url } });
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'f', Payload: { 'TaskToken.$': '$$.Task.Token' } },
      ...limits,
      Next: 'B',
      ...more,
    };
    const definition = JSON.stringify({ StartAt: 'A', States: { A: task, B: { Type: 'Pass', End: true } } });
    const { stateMachineArn } = await client.send(
      new sfn.CreateStateMachineCommand({ name: 'heartbeats', definition, roleArn: role }),
    );
    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
    await until(async () => (await eventTypes(client, executionArn)).includes('TaskSubmitted'));
    const [taskToken] = tokens;
    const end = async () => {
      await lambda.close();
      await close();
    };
    const beat = () => client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
    return { clock, client, executionArn, taskToken, beat, end };
  }

  test('each heartbeat extends its deadline; a late one is caught as States.HeartbeatTimeout', async () => {
    const { clock, client, executionArn, taskToken, beat, end } = await begin(
      { HeartbeatSeconds: 60 },
      { Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'B' }] },
    );
    for (let beats = 0; beats < 3; beats += 1) {
      clock.advance(59);
      await beat();
    }
    clock.advance(61);
    expect(await ended(client, executionArn)).toMatchObject({
      output: '{"Error":"States.Timeout","Cause":""}',
    });
    await expect(client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toThrow(
      sfn.TaskTimedOut,
    );
    await end();
  });

  test('a heartbeat does not extend its timeout', async () => {
    const { clock, client, executionArn, beat, end } = await begin({
      HeartbeatSeconds: 60,
      TimeoutSeconds: 100,
    });
    clock.advance(50);
    await beat();
    clock.advance(49);
    await beat();
    clock.advance(1);
    const { status, error } = await ended(client, executionArn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    await end();
  });
});

test('a Wait cuts off the milliseconds of its timestamp', async () => {
  const clock = new ManualClock();
  const { client, close } = await serve({ clock });
  const wait = { Type: 'Wait', TimestampPath: '$.at', End: true };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: wait } });
  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({ name: 'wait', definition, roleArn: role }),
  );
  const at = new Date(clock.now() + 5900).toISOString();
  const { executionArn } = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ at }) }),
  );
  await until(async () => (await eventTypes(client, executionArn)).includes('WaitStateEntered'));
  clock.advance(5);
  expect((await ended(client, executionArn)).status).toBe('SUCCEEDED');
  await close();
});

test('times out a task after four hours and records the time in the history', async () => {
  const clock = new ManualClock();
  const lambda = await fakeLambda(() => null);
  const { client, close } = await serve({ clock, endpoints: { lambda: lambda.url } });
  const render = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: 'start-renderer' },
    TimeoutSeconds: 14_400,
    Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, MaxAttempts: 1 }],
    End: true,
  };
  const definition = JSON.stringify({ StartAt: 'Render', States: { Render: render } });
  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({ name: 'render', definition, roleArn: role }),
  );
  const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
  const submitted = async (times: number) =>
    (await eventTypes(client, executionArn)).filter((type) => type === 'TaskSubmitted').length === times;

  await until(() => submitted(1));
  clock.advance(14_399);
  expect(await submitted(1)).toBe(true);
  clock.advance(61);
  await until(() => submitted(2));
  clock.advance(14_400);
  const { error, startDate, stopDate } = await ended(client, executionArn);
  expect(error).toBe('States.Timeout');
  expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBe((14_400 + 60 + 14_400) * 1000);
  await lambda.close();
  await close();
});

test('an execution that failed can be redriven for 14 days', async () => {
  const clock = new ManualClock();
  const { client, close } = await serve({ clock });
  const definition = JSON.stringify({ StartAt: 'No', States: { No: { Type: 'Fail', Error: 'No' } } });
  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({ name: 'fails', definition, roleArn: role }),
  );
  const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
  await ended(client, executionArn);
  clock.advance(14 * 24 * 3600);
  expect(await client.send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({
    redriveStatus: 'REDRIVABLE',
  });
  clock.advance(1);
  expect(await client.send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution redrivable period exceeded',
  });
  await expect(client.send(new sfn.RedriveExecutionCommand({ executionArn }))).rejects.toThrow(
    sfn.ExecutionNotRedrivable,
  );
  await close();
});

test('the real clock fires a past deadline immediately and never fires early', async () => {
  const fired = await new Promise<number>((resolve) => {
    realClock.setTimer(realClock.now() + 30, () => resolve(realClock.now()));
    realClock.setTimer(0, () => {})();
  });
  expect(fired).toBeLessThanOrEqual(realClock.now());
});
