/** DeleteStateMachine: a machine is DELETING until its executions have ended, which end at their next transition. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sfn from '@aws-sdk/client-sfn';
import { ended, role, type Served, serve, until } from '../testing/served.ts';

let directory: string;
let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'states-deletion-'));
  served = await serve({ directory });
});
afterEach(async () => {
  await served.close();
  rmSync(directory, { recursive: true });
});

const definition = JSON.stringify({
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:work', Next: 'After' },
    After: { Type: 'Pass', End: true },
  },
});

async function running() {
  await send(new sfn.CreateActivityCommand({ name: 'work' }));
  const { stateMachineArn } = await send(
    new sfn.CreateStateMachineCommand({ name: 'old', definition, roleArn: role }),
  );
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn }));
  const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:work';
  const { taskToken } = await send(new sfn.GetActivityTaskCommand({ activityArn }));
  return { stateMachineArn, executionArn, taskToken };
}

const isGone = (stateMachineArn: string | undefined) => async () => {
  const described = send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  return described.then(
    () => false,
    (error: Error) => error.name === 'StateMachineDoesNotExist',
  );
};

test('an execution ends at its next transition, and with the last one the machine is gone', async () => {
  const { stateMachineArn, executionArn, taskToken } = await running();
  await send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  const { status } = await send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  expect(status).toBe('DELETING');
  await send(new sfn.SendTaskSuccessCommand({ taskToken, output: '1' }));
  expect(await ended(served.client, executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'State machine old has been deleted.',
  });
  await until(isGone(stateMachineArn));
});

test('a machine that is being deleted is neither started, changed, published, created nor redriven', async () => {
  const { stateMachineArn, executionArn } = await running();
  await send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  const refused = { name: 'StateMachineDeleting', message: expect.stringContaining('is being deleted') };
  const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
  for (const request of [
    send(new sfn.StartExecutionCommand({ stateMachineArn })),
    send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition })),
    send(new sfn.PublishStateMachineVersionCommand({ stateMachineArn })),
    send(new sfn.ListStateMachineAliasesCommand({ stateMachineArn })),
    send(new sfn.CreateStateMachineCommand({ name: 'old', definition, roleArn: role })),
  ])
    await expect(request).rejects.toMatchObject(refused);
  await expect(
    send(new sfn.CreateStateMachineAliasCommand({ name: 'live', routingConfiguration })),
  ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  expect(await send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'State machine is in DELETING status',
  });
});

test('the deletion continues after a restart', async () => {
  const { stateMachineArn, executionArn } = await running();
  await send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  await served.close();
  served = await serve({ directory });
  const { status } = await send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
  expect(status).toBe('DELETING');
  await send(new sfn.StopExecutionCommand({ executionArn }));
  await until(isGone(stateMachineArn));
});

test('an execution of a machine that is gone can be described, and not redriven', async () => {
  const { stateMachineArn, executionArn } = await running();
  await send(new sfn.StopExecutionCommand({ executionArn }));
  const notRedrivable = async () => {
    expect(await send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'State machine is in DELETING status',
    });
    await expect(send(new sfn.RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  };
  await send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  await until(isGone(stateMachineArn));
  await notRedrivable();
  await new Promise((resolve) => setTimeout(resolve, 2));
  await send(new sfn.CreateStateMachineCommand({ name: 'old', definition, roleArn: role }));
  await notRedrivable();
});

test('a new machine of the same name lists no executions of the deleted one', async () => {
  const { stateMachineArn, executionArn } = await running();
  await send(new sfn.StopExecutionCommand({ executionArn }));
  await send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
  expect(await isGone(stateMachineArn)()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2));
  await send(new sfn.CreateStateMachineCommand({ name: 'old', definition, roleArn: role }));
  expect(await send(new sfn.ListExecutionsCommand({ stateMachineArn }))).toMatchObject({ executions: [] });
  expect(await send(new sfn.DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'ABORTED' });
});
