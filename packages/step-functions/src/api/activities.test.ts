import * as sfn from '@aws-sdk/client-sfn';
import { ended, eventTypes, role, type Served, serve, until } from '../testing/served.ts';

let served: Served;
const send = ((command: never) => served.client.send(command)) as sfn.SFNClient['send'];

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

async function start(name: string, task: object = {}) {
  const { activityArn = '' } = await send(new sfn.CreateActivityCommand({ name }));
  const state = { Type: 'Task', Resource: activityArn, Parameters: { page: 1 }, End: true, ...task };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: state } });
  const { stateMachineArn } = await send(
    new sfn.CreateStateMachineCommand({ name, definition, roleArn: role }),
  );
  const { executionArn } = await send(new sfn.StartExecutionCommand({ stateMachineArn }));
  return { activityArn, executionArn };
}

test('a worker takes the task of an activity and ends it', async () => {
  const { activityArn, executionArn } = await start('draw', { HeartbeatSeconds: 60 });
  const { taskToken, input } = await send(new sfn.GetActivityTaskCommand({ activityArn, workerName: 'w1' }));
  expect(input).toBe('{"page":1}');
  await send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
  await send(new sfn.SendTaskSuccessCommand({ taskToken, output: '"drawn"' }));
  expect(await ended(served.client, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"drawn"' });
  expect(await eventTypes(served.client, executionArn)).toEqual([
    ...['ExecutionStarted', 'TaskStateEntered', 'ActivityScheduled', 'ActivityStarted', 'ActivitySucceeded'],
    ...['TaskStateExited', 'ExecutionSucceeded'],
  ]);
});

test('a worker that waits gets the next task, and one that hung up does not', async () => {
  const { activityArn = '' } = await send(new sfn.CreateActivityCommand({ name: 'wait' }));
  const hangsUp = new AbortController();
  const gone = served.client.send(new sfn.GetActivityTaskCommand({ activityArn, workerName: 'gone' }), {
    abortSignal: hangsUp.signal,
  });
  const failure = gone.catch((error: Error) => error.name);
  await new Promise((resolve) => setTimeout(resolve, 100));
  hangsUp.abort();
  expect(await failure).toBe('AbortError');
  const waiting = send(new sfn.GetActivityTaskCommand({ activityArn, workerName: 'waits' }));
  const { executionArn } = await start('wait');
  const { taskToken } = await waiting;
  await send(new sfn.SendTaskFailureCommand({ taskToken, error: 'BadPage', cause: 'no' }));
  expect(await ended(served.client, executionArn)).toMatchObject({ status: 'FAILED', error: 'BadPage' });
  expect(await eventTypes(served.client, executionArn)).toContain('ActivityFailed');
});

test('a task that timed out before a worker asked is not given to one', async () => {
  const { activityArn, executionArn } = await start('late', { TimeoutSeconds: 1 });
  expect(await ended(served.client, executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Timeout',
  });
  const { executionArn: second } = await send(
    new sfn.StartExecutionCommand({
      stateMachineArn: (await send(new sfn.DescribeExecutionCommand({ executionArn }))).stateMachineArn,
    }),
  );
  await until(async () => (await eventTypes(served.client, second)).includes('ActivityScheduled'));
  const { taskToken } = await send(new sfn.GetActivityTaskCommand({ activityArn }));
  await send(new sfn.SendTaskSuccessCommand({ taskToken, output: '1' }));
  expect(await ended(served.client, second)).toMatchObject({ status: 'SUCCEEDED' });
});

test('activities are listed, described and deleted', async () => {
  const { activityArn } = await send(new sfn.CreateActivityCommand({ name: 'listed' }));
  const { activities } = await send(new sfn.ListActivitiesCommand({}));
  expect(activities?.map(({ name }) => name)).toContain('listed');
  expect(await send(new sfn.DescribeActivityCommand({ activityArn }))).toMatchObject({ name: 'listed' });
  await send(new sfn.DeleteActivityCommand({ activityArn }));
  await expect(send(new sfn.GetActivityTaskCommand({ activityArn }))).rejects.toThrow(
    'Activity Does Not Exist',
  );
});

test('every operation of the API is there', async () => {
  const names = Object.keys(sfn).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
  expect(names.length).toBeGreaterThan(35);
  const missing = await Promise.all(
    names.map(async (name) => {
      const headers = { 'X-Amz-Target': `AWSStepFunctions.${name}` };
      const response = await fetch(served.url, { method: 'POST', headers, body: '{"maxResults":-1}' });
      return (await response.text()).includes('UnknownOperationException') ? [name] : [];
    }),
  );
  expect(missing.flat()).toEqual([]);
});

test('activities have tags', async () => {
  const tags = [{ key: 'team', value: 'press' }];
  const { activityArn: resourceArn = '' } = await send(
    new sfn.CreateActivityCommand({ name: 'tagged', tags }),
  );
  const list = async () => (await send(new sfn.ListTagsForResourceCommand({ resourceArn }))).tags;
  expect(await list()).toEqual(tags);
  await send(new sfn.TagResourceCommand({ resourceArn, tags: [{ key: 'team', value: 'ink' }] }));
  expect(await list()).toEqual([{ key: 'team', value: 'ink' }]);
  await send(new sfn.UntagResourceCommand({ resourceArn, tagKeys: ['team'] }));
  expect(await list()).toEqual([]);
});
