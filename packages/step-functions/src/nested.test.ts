/** Nested executions and machines of type EXPRESS, through the API. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sfn from '@aws-sdk/client-sfn';
import { ManualClock } from './testing/manual-clock.ts';
import { ended, eventTypes, role, runMachine, type Served, serve, until } from './testing/served.ts';

let served: Served;
let client: sfn.SFNClient;
beforeAll(async () => {
  served = await serve();
  client = served.client;
});
afterAll(() => served.close());

const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3600, End: true } } };

async function create(definition: object, type?: 'EXPRESS', to = client): Promise<string> {
  const command = { name: crypto.randomUUID(), definition: JSON.stringify(definition), roleArn: role, type };
  return (await to.send(new sfn.CreateStateMachineCommand(command))).stateMachineArn ?? '';
}

const parent = (StateMachineArn: string, how: string, more: object = {}) => ({
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: `arn:aws:states:::${how}`,
      Parameters: { StateMachineArn, 'Input.$': '$' },
      End: true,
      ...more,
    },
  },
});

describe('nested executions', () => {
  test('.sync:2 returns the output as JSON, the plain call only the ARN', async () => {
    const child = await create(pass);
    const { output } = await runMachine(client, parent(child, 'states:startExecution.sync:2'), { a: 1 });
    expect(JSON.parse(output ?? '')).toMatchObject({
      Output: { a: 1 },
      Input: { a: 1 },
      Status: 'SUCCEEDED',
    });
    const started = await runMachine(client, parent(child, 'states:startExecution'), { a: 1 });
    const { ExecutionArn } = JSON.parse(started.output ?? '') as { ExecutionArn: string };
    expect((await ended(client, ExecutionArn)).output).toBe('{"a":1}');
  });

  test('a task that waits for an execution has a token too, which can end it earlier', async () => {
    const child = await create(wait);
    const definition = parent(child, 'states:startExecution.sync', {
      Parameters: { StateMachineArn: child, Input: { 'token.$': '$$.Task.Token' } },
    });
    const stateMachineArn = await create(definition);
    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
    const listed = () => client.send(new sfn.ListExecutionsCommand({ stateMachineArn: child }));
    await until(async () => (await listed()).executions?.length === 1);
    const started = (await listed()).executions?.[0]?.executionArn;
    const { input } = await client.send(new sfn.DescribeExecutionCommand({ executionArn: started }));
    const { token } = JSON.parse(input ?? '') as { token: string };
    await client.send(new sfn.SendTaskSuccessCommand({ taskToken: token, output: '"early"' }));
    expect((await ended(client, executionArn)).output).toBe('"early"');
  });

  test('the result of a child that was started by its alias names the alias and the version', async () => {
    const child = await create(pass);
    const { stateMachineVersionArn = '' } = await client.send(
      new sfn.PublishStateMachineVersionCommand({ stateMachineArn: child }),
    );
    const { stateMachineAliasArn = '' } = await client.send(
      new sfn.CreateStateMachineAliasCommand({
        name: 'live',
        routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
      }),
    );
    const { output } = await runMachine(client, parent(stateMachineAliasArn, 'states:startExecution.sync:2'));
    expect(JSON.parse(output ?? '')).toMatchObject({
      StateMachineAliasArn: stateMachineAliasArn,
      StateMachineVersionArn: stateMachineVersionArn,
      StateMachineArn: child,
    });
  });

  test('an unknown machine fails the task with a named error', async () => {
    const missing = 'arn:aws:states:us-east-1:123456789012:stateMachine:nowhere';
    expect(await runMachine(client, parent(missing, 'states:startExecution.sync'))).toMatchObject({
      error: 'StepFunctions.StateMachineDoesNotExistException',
    });
    expect(await runMachine(client, parent(missing, 'aws-sdk:sfn:startExecution'))).toMatchObject({
      error: 'Sfn.StateMachineDoesNotExistException',
    });
  });

  test("a child's timeout fails its parent with States.TaskFailed", async () => {
    const child = await create({ ...wait, TimeoutSeconds: 1 });
    expect((await runMachine(client, parent(child, 'states:startExecution.sync'))).error).toBe(
      'States.TaskFailed',
    );
  });

  test.each([
    ['stopped', {}],
    ['too late', { TimeoutSeconds: 1 }],
  ])('a parent that is %s stops its child', async (_title, more) => {
    const child = await create(wait);
    const stateMachineArn = await create(parent(child, 'states:startExecution.sync', more));
    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
    const children = async () =>
      (await client.send(new sfn.ListExecutionsCommand({ stateMachineArn: child }))).executions ?? [];
    await until(async () => (await children()).length === 1);
    if (Object.keys(more).length === 0) await client.send(new sfn.StopExecutionCommand({ executionArn }));
    await until(async () => (await children())[0]?.status === 'ABORTED');
    const ended = await client.send(
      new sfn.DescribeExecutionCommand({ executionArn: (await children())[0]?.executionArn }),
    );
    expect([ended.error, ended.cause]).toEqual([
      undefined,
      `The Task state in AWS Step Functions execution [${executionArn}] which was managing this resource was aborted`,
    ]);
  });

  test('a restart finds the child and does not start another', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'states-nested-'));
    const clock = new ManualClock();
    let service = await serve({ directory, clock });
    const child = await create(wait, undefined, service.client);
    const stateMachineArn = await create(
      parent(child, 'states:startExecution.sync:2'),
      undefined,
      service.client,
    );
    const { executionArn } = await service.client.send(new sfn.StartExecutionCommand({ stateMachineArn }));
    await until(async () => (await eventTypes(service.client, executionArn)).includes('TaskSubmitted'));
    await service.close();

    service = await serve({ directory, clock });
    clock.advance(3600);
    expect((await ended(service.client, executionArn)).status).toBe('SUCCEEDED');
    const { executions } = await service.client.send(
      new sfn.ListExecutionsCommand({ stateMachineArn: child }),
    );
    expect(executions).toHaveLength(1);
    await service.close();
    rmSync(directory, { recursive: true });
  });
});

describe('machines of type EXPRESS', () => {
  test('run immediately and return their output, from the API or from a task', async () => {
    const express = await create(pass, 'EXPRESS');
    const input = '{"a":1}';
    const answer = await client.send(new sfn.StartSyncExecutionCommand({ stateMachineArn: express, input }));
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: input, input });
    expect(answer.executionArn).toContain(':express:');
    const { output } = await runMachine(client, parent(express, 'aws-sdk:sfn:startSyncExecution'), { a: 1 });
    expect(JSON.parse(output ?? '')).toMatchObject({
      Output: input,
      Status: 'SUCCEEDED',
      StartDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      StopDate: expect.stringMatching(/Z$/),
      BillingDetails: { BilledDurationInMilliseconds: expect.any(Number), BilledMemoryUsedInMB: 64 },
    });
  });

  test('return their failure', async () => {
    const express = await create(
      { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken', Cause: 'why' } } },
      'EXPRESS',
    );
    expect(await client.send(new sfn.StartSyncExecutionCommand({ stateMachineArn: express }))).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
      cause: 'why',
    });
  });

  test('cannot be listed or described, and standard machines cannot be started synchronously', async () => {
    const express = await create(pass, 'EXPRESS');
    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn: express }));
    for (const command of [
      new sfn.DescribeExecutionCommand({ executionArn }),
      new sfn.StopExecutionCommand({ executionArn }),
      new sfn.GetExecutionHistoryCommand({ executionArn }),
    ])
      await expect(client.send(command as sfn.DescribeExecutionCommand)).rejects.toMatchObject({
        name: 'InvalidArn',
        message: "Invalid Arn: 'Resource type not valid in this context: express'",
      });
    const refused = { name: 'StateMachineTypeNotSupported' };
    await expect(
      client.send(new sfn.ListExecutionsCommand({ stateMachineArn: express })),
    ).rejects.toMatchObject(refused);
    const standard = await create(pass);
    await expect(
      client.send(new sfn.StartSyncExecutionCommand({ stateMachineArn: standard })),
    ).rejects.toMatchObject(refused);
  });

  test('cannot wait for other executions or for tokens', async () => {
    const child = await create(pass);
    await expect(create(parent(child, 'states:startExecution.sync'), 'EXPRESS')).rejects.toThrow(
      "Express state machine does not support '.sync' service integration at /States/Start/Resource",
    );
  });
});
