/** The API, called with the real SDK client. */

import * as sfn from '@aws-sdk/client-sfn';
import { clientFor, ended, eventTypes, role, type Served, serve } from './testing/served.ts';

const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
const wait = { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 60, End: true } } };

let served: Served;
let client: sfn.SFNClient;
let created = 0;

beforeAll(async () => {
  served = await serve({
    placeholders: { 'check-quota': 'fn-check-quota' },
    endpoints: { lambda: 'http://127.0.0.1:9' },
  });
  client = served.client;
});
afterAll(() => served.close());

async function create(definition: object, name = `machine-${created++}`): Promise<string> {
  const command = new sfn.CreateStateMachineCommand({
    name,
    definition: JSON.stringify(definition),
    roleArn: role,
  });
  return (await client.send(command)).stateMachineArn ?? '';
}

const start = (stateMachineArn: string, more: Partial<sfn.StartExecutionInput> = {}) =>
  client.send(new sfn.StartExecutionCommand({ stateMachineArn, ...more }));

describe('state machines', () => {
  test('creating the same machine again returns it; another machine with that name is refused', async () => {
    const arn = await create(pass, 'twice');
    expect(await create(pass, 'twice')).toBe(arn);
    await expect(create(wait, 'twice')).rejects.toThrow(sfn.StateMachineAlreadyExists);
  });

  test('are described, listed, updated, tagged and deleted', async () => {
    const stateMachineArn = await create(pass, 'lifecycle');
    const first = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    expect(first).toMatchObject({
      name: 'lifecycle',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: JSON.stringify(pass),
    });
    expect(first.creationDate).toBeInstanceOf(Date);

    const update = await client.send(
      new sfn.UpdateStateMachineCommand({ stateMachineArn, definition: JSON.stringify(wait) }),
    );
    expect(update.revisionId).not.toBe(first.revisionId);
    const tracingConfiguration = { enabled: true };
    await client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, tracingConfiguration }));
    expect(await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      tracingConfiguration,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    const { stateMachines } = await client.send(new sfn.ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name }) => name)).toContain('lifecycle');

    await client.send(
      new sfn.TagResourceCommand({ resourceArn: stateMachineArn, tags: [{ key: 'a', value: 'b' }] }),
    );
    const { tags } = await client.send(new sfn.ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
    expect(tags).toEqual([{ key: 'a', value: 'b' }]);

    await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));
    const gone = client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    await expect(gone).rejects.toThrow(sfn.StateMachineDoesNotExist);
  });

  test('a refused definition lists all its problems', async () => {
    const refused = create({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } });
    await expect(refused).rejects.toThrow(sfn.InvalidDefinition);
    await expect(refused).rejects.toThrow("Missing 'Next' target: B at /States/A/Next");
  });

  test('placeholders are filled, and one without a value is named', async () => {
    const task = (name: string) => ({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: name },
          End: true,
        },
      },
    });
    const stateMachineArn = await create(task('${check-quota}'));
    const { definition } = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    expect(definition).toContain('"FunctionName":"fn-check-quota"');
    await expect(create(task('${chek-quota}'))).rejects.toThrow(
      'The placeholder ${chek-quota} has no value at /States/A/Parameters/FunctionName',
    );
  });

  test('TestState fills placeholders', async () => {
    const definition = JSON.stringify({ Type: 'Pass', Result: '${check-quota}', End: true });
    const { output } = await client.send(new sfn.TestStateCommand({ definition, roleArn: role }));
    expect(output).toBe('"fn-check-quota"');
  });

  test('ValidateStateMachineDefinition returns diagnostics', async () => {
    const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass' } } });
    const { result, diagnostics } = await client.send(
      new sfn.ValidateStateMachineDefinitionCommand({ definition }),
    );
    expect(result).toBe('FAIL');
    expect(diagnostics?.[0]).toMatchObject({ severity: 'ERROR', location: '/States/A' });
  });
});

describe('executions', () => {
  test('a name can be used once; the same start again returns the running execution', async () => {
    const arn = await create(wait);
    const first = await start(arn, { name: 'once', input: '{"a":1}' });
    const again = await start(arn, { name: 'once', input: '{"a":1}' });
    expect(again).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    await expect(start(arn, { name: 'once', input: '{}' })).rejects.toThrow(sfn.ExecutionAlreadyExists);
  });

  test('invalid input, invalid names and unknown machines have their own errors', async () => {
    const arn = await create(pass);
    await expect(start(arn, { input: '{' })).rejects.toThrow(sfn.InvalidExecutionInput);
    await expect(start(arn, { name: 'a b' })).rejects.toThrow(sfn.InvalidName);
    await expect(start(`${arn}x`)).rejects.toThrow(sfn.StateMachineDoesNotExist);
    await expect(start('nonsense')).rejects.toThrow(sfn.InvalidArn);
    await expect(start(arn, { input: JSON.stringify('x'.repeat(262_144)) })).rejects.toThrow('262144');
  });

  test('are listed by status, newest first, page by page', async () => {
    const stateMachineArn = await create(pass);
    const started: (string | undefined)[] = [];
    for (let count = 0; count < 5; count += 1) started.unshift((await start(stateMachineArn)).executionArn);
    for (const arn of started) await ended(client, arn);
    const listed: (string | undefined)[] = [];
    const pages = sfn.paginateListExecutions(
      { client, pageSize: 2 },
      { stateMachineArn, statusFilter: 'SUCCEEDED' },
    );
    for await (const { executions } of pages) {
      expect(executions?.length).toBeLessThanOrEqual(2);
      listed.push(...(executions ?? []).map(({ executionArn }) => executionArn));
    }
    expect(listed).toEqual(started);
    const failed = await client.send(
      new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }),
    );
    expect(failed.executions).toEqual([]);
  });

  test('stopping an execution records its error and cause and stops its timers', async () => {
    const { executionArn } = await start(await create(wait));
    await client.send(new sfn.StopExecutionCommand({ executionArn, error: 'Enough', cause: 'no more' }));
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'no more',
    });
    expect(await eventTypes(client, executionArn)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'ExecutionAborted',
    ]);
    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    expect(events?.at(-1)?.previousEventId).toBe(0);
  });

  test('keep the definition that they started with', async () => {
    const slow = {
      StartAt: 'A',
      States: { A: { Type: 'Wait', Seconds: 1, Next: 'B' }, B: { Type: 'Pass', Result: 'old', End: true } },
    };
    const stateMachineArn = await create(slow);
    const { executionArn } = await start(stateMachineArn);
    const definition = JSON.stringify(slow).replace('"old"', '"new"');
    await client.send(new sfn.UpdateStateMachineCommand({ stateMachineArn, definition }));
    expect((await ended(client, executionArn)).output).toBe('"old"');
    const used = await client.send(new sfn.DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(used.definition).toBe(JSON.stringify(slow));
  });

  test('the history is paged, in both orders, with or without data', async () => {
    const { executionArn } = await start(await create(pass), { input: '{"a":1}' });
    await ended(client, executionArn);
    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'ExecutionSucceeded'],
    ]);
    expect(events?.[1]?.stateEnteredEventDetails).toMatchObject({ name: 'A', input: '{"a":1}' });
    const first = await client.send(
      new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3 }),
    );
    expect(first.events?.map(({ id }) => id)).toEqual([4, 3, 2]);
    const { nextToken } = first;
    const second = await client.send(
      new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 3, nextToken }),
    );
    expect(second.events?.map(({ id }) => id)).toEqual([1]);
    const bare = await client.send(
      new sfn.GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
    );
    expect(bare.events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'A' });
  });

  test('the state machine’s own timeout ends an execution', async () => {
    const { executionArn } = await start(await create({ ...wait, TimeoutSeconds: 1 }));
    const { status, error } = await ended(client, executionArn);
    expect({ status, error }).toEqual({ status: 'TIMED_OUT', error: undefined });
    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    expect(events?.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  test('an endless execution ends at 25,000 events, and requests are served in the meantime', async () => {
    const never = { Variable: '$.stop', IsPresent: true, Next: 'C' };
    const loop = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Choice', Choices: [never], Default: 'A' },
        C: { Type: 'Succeed' },
      },
    };
    const { executionArn } = await start(await create(loop));
    expect(await ended(client, executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events } = await client.send(
      new sfn.GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
    );
    expect(events?.[0]).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  test('output larger than the data limit fails the state', async () => {
    const definition = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Parameters: { 'a.$': '$.text', 'b.$': '$.text' }, End: true } },
    };
    const { executionArn } = await start(await create(definition), {
      input: JSON.stringify({ text: 'x'.repeat(200_000) }),
    });
    expect((await ended(client, executionArn)).error).toBe('States.DataLimitExceeded');
  });
});

test('rejects malformed and unknown task tokens', async () => {
  const taskToken = Buffer.from(`999999.0.${'0'.repeat(32)}`).toString('base64');
  await expect(client.send(new sfn.SendTaskHeartbeatCommand({ taskToken: 'nonsense' }))).rejects.toThrow(
    sfn.InvalidToken,
  );
  await expect(client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }))).rejects.toThrow(
    sfn.TaskDoesNotExist,
  );
});

test('refuses a page that is too long or does not exist', async () => {
  const list = (maxResults: number, nextToken?: string) =>
    client.send(new sfn.ListStateMachinesCommand({ maxResults, nextToken }));
  await expect(list(1001, 'x'.repeat(1025))).rejects.toThrow(
    /^2 validation errors detected: Value '1001' at 'maxResults' .*less than or equal to 1000; Value 'x+' at 'nextToken' .*1024$/,
  );
  await expect(list(1, 'nonsense')).rejects.toThrow("Invalid Token: 'Invalid token'");
});

test('refuses the token of another list', async () => {
  const [stateMachineArn, other] = [await create(wait), await create(wait)];
  await start(stateMachineArn);
  const { executionArn } = await start(stateMachineArn);
  const { nextToken } = await client.send(new sfn.ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
  const next = (request: Partial<sfn.ListExecutionsCommandInput>) =>
    client.send(new sfn.ListExecutionsCommand({ stateMachineArn, nextToken, ...request }));
  expect((await next({})).executions).toHaveLength(1);
  await expect(next({ stateMachineArn: other })).rejects.toThrow(sfn.InvalidToken);
  await expect(next({ statusFilter: 'RUNNING' })).rejects.toThrow(sfn.InvalidToken);
  await expect(client.send(new sfn.ListStateMachinesCommand({ nextToken }))).rejects.toThrow(
    sfn.InvalidToken,
  );
  await expect(client.send(new sfn.GetExecutionHistoryCommand({ executionArn, nextToken }))).rejects.toThrow(
    sfn.InvalidToken,
  );
});

test('two services do not share their state', async () => {
  const other = await serve();
  const { stateMachines } = await clientFor(other.url).send(new sfn.ListStateMachinesCommand({}));
  expect(stateMachines).toEqual([]);
  await other.close();
});
