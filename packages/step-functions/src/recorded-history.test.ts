/** Histories as the AWS CLI prints them, imported and run again. */

import * as sfn from '@aws-sdk/client-sfn';
import { parseHistory, stateEntries } from './recorded-history.ts';
import { type RecordedCase, recordedCases } from './testing/recorded-cases.ts';
import { ended, role, type Served, serve } from './testing/served.ts';

let served: Served;
let client: sfn.SFNClient;
beforeAll(async () => {
  served = await serve();
  client = served.client;
});
afterAll(() => served.close());

async function callLocal(operation: string, input: object): Promise<{ executionArn: string }> {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `LocalStates.${operation}`, 'Content-Type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as { executionArn: string; message?: string };
  if (!response.ok) throw new Error(body.message);
  return body;
}

async function create(definition: object): Promise<string> {
  const command = { name: crypto.randomUUID(), definition: JSON.stringify(definition), roleArn: role };
  return (await client.send(new sfn.CreateStateMachineCommand(command))).stateMachineArn ?? '';
}

async function events(executionArn: string | undefined) {
  const all: sfn.HistoryEvent[] = [];
  for await (const page of sfn.paginateGetExecutionHistory({ client }, { executionArn }))
    all.push(...(page.events ?? []));
  return all;
}

/** Returns what `aws stepfunctions get-execution-history` prints: version 2 with dates as text. */
async function printed(executionArn: string | undefined): Promise<string> {
  const all = (await events(executionArn)).map((event) => ({
    ...event,
    timestamp: event.timestamp?.toISOString().replace('Z', '000+00:00'),
  }));
  return JSON.stringify({ events: all }, null, 4);
}

async function run(definition: object, input: object) {
  const stateMachineArn = await create(definition);
  const { executionArn } = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return { stateMachineArn, executionArn, execution: await ended(client, executionArn) };
}

/** Runs again from every state that the history entered. Returns the differences of the ends. */
async function replayDifferences(definition: object, input: object): Promise<string[]> {
  const { stateMachineArn, executionArn, execution } = await run(definition, input);
  const history = await printed(executionArn);
  const own = Object.keys((definition as { States: object }).States);
  const differences: string[] = [];
  for (const entry of stateEntries(parseHistory(history).events, (state) => own.includes(state))) {
    const again = await callLocal('StartExecutionFrom', {
      stateMachineArn,
      input: execution.input,
      state: entry.state,
      stateInput: entry.input,
      variables: entry.variables,
    });
    const { status, output, error } = await ended(client, again.executionArn);
    const where = `${entry.state}#${entry.visit}`;
    if (status !== execution.status || output !== execution.output || error !== execution.error)
      differences.push(
        `${where}: ${status} ${output ?? error} is not ${execution.status} ${execution.output}`,
      );
  }
  return differences;
}

const loop = {
  StartAt: 'Start',
  States: {
    Start: { Type: 'Pass', Assign: { step: 2 }, Next: 'Add' },
    Add: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, $step)' }, Next: 'Enough' },
    Enough: {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThan: 5, Next: 'Both' }],
      Default: 'Add',
    },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Assign: { step: 9 }, End: true } } }],
      Next: 'Last',
    },
    Last: { Type: 'Pass', Parameters: { 'all.$': '$', 'step.$': '$step' }, End: true },
  },
};

describe('an imported history', () => {
  test('is described and read like any execution, and stored once', async () => {
    const { stateMachineArn, executionArn, execution } = await run(loop, { n: 0 });
    const history = await printed(executionArn);
    const { executionArn: imported } = await callLocal('ImportExecution', { stateMachineArn, history });
    expect(await callLocal('ImportExecution', { stateMachineArn, history })).toEqual({
      executionArn: imported,
    });
    expect(await client.send(new sfn.DescribeExecutionCommand({ executionArn: imported }))).toMatchObject({
      status: 'SUCCEEDED',
      input: execution.input,
      output: execution.output,
      startDate: (await events(executionArn))[0]?.timestamp,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(await events(imported)).toEqual(await events(executionArn));
    const { executions } = await client.send(new sfn.ListExecutionsCommand({ stateMachineArn }));
    expect(executions?.map(({ name }) => name)).toContain(imported.split(':').at(-1));
  });

  test('can only be read', async () => {
    const { stateMachineArn, executionArn } = await run(
      { StartAt: 'F', States: { F: { Type: 'Fail' } } },
      {},
    );
    const history = await printed(executionArn);
    const { executionArn: imported } = await callLocal('ImportExecution', { stateMachineArn, history });
    const redrive = client.send(new sfn.RedriveExecutionCommand({ executionArn: imported }));
    await expect(redrive).rejects.toThrow('read-only');
    const stop = client.send(new sfn.StopExecutionCommand({ executionArn: imported }));
    await expect(stop).rejects.toThrow('can only be read');
  });

  test.each([
    ['no JSON', '{', 'it is not JSON, or only a part of it'],
    ['something else', '{"executions":[]}', 'it is not output of get-execution-history: events'],
    ['nothing', '{"events":[]}', 'it is not output of get-execution-history: events'],
    ['a part', '{"events":[{"id":1,"type":"X","timestamp":1}],"NextToken":"x"}', 'only the first part'],
    [
      'a gap',
      '{"events":[{"id":1,"type":"X","timestamp":1},{"id":3,"type":"X","timestamp":1}]}',
      'event 2 is missing',
    ],
    [
      'another start',
      '{"events":[{"id":1,"type":"PassStateEntered","timestamp":1}]}',
      'is not ExecutionStarted',
    ],
    [
      'no data',
      '{"events":[{"id":1,"type":"ExecutionStarted","timestamp":1}]}',
      'without --no-include-execution-data',
    ],
    [
      'an invalid date',
      '{"events":[{"id":1,"type":"X","timestamp":"then"}]}',
      "'then' is not a valid timestamp",
    ],
  ])('with %s is refused with a message of one line', async (_title, text, message) => {
    expect(() => parseHistory(text)).toThrow(message);
    const stateMachineArn = await create(loop);
    await expect(callLocal('ImportExecution', { stateMachineArn, history: text })).rejects.toThrow(message);
  });

  test('can be in reverse order, with dates as seconds', () => {
    const started = {
      id: 1,
      type: 'ExecutionStarted',
      timestamp: 1.5,
      executionStartedEventDetails: { input: '{}' },
    };
    const ended = {
      id: 2,
      type: 'ExecutionFailed',
      timestamp: 2,
      executionFailedEventDetails: { error: 'E' },
    };
    expect(parseHistory(JSON.stringify({ events: [ended, started] }))).toMatchObject({
      status: 'FAILED',
      error: 'E',
      input: '{}',
    });
  });
});

describe('running again from a state', () => {
  test('ends as the original did, from each visit of each state', async () => {
    expect(await replayDifferences(loop, { n: 0 })).toEqual([]);
  });

  test('refuses an unknown state and lists the known ones', async () => {
    const from = { stateMachineArn: await create(loop), input: '{}', state: 'Nowhere', stateInput: '{}' };
    await expect(callLocal('StartExecutionFrom', from)).rejects.toThrow(
      "no state 'Nowhere'; its states are: Start, Add, Enough, Both, Last",
    );
  });

  test('refuses to start from a truncated input', () => {
    const entered = { name: 'A', input: '{', inputDetails: { truncated: true } };
    const cut = {
      id: 1,
      previousEventId: 0,
      timestamp: 1,
      type: 'PassStateEntered',
      stateEnteredEventDetails: entered,
    };
    expect(stateEntries([cut], () => true)).toMatchObject([{ state: 'A', input: undefined }]);
  });

  const cases = (recordedCases() ?? []).filter(isRepeatable);
  (cases.length > 0 ? test : test.skip)('holds for machines that were recorded on AWS', async () => {
    const found = await Promise.all(
      cases.map(async ({ id, definition, input }) => {
        const differences = await replayDifferences(definition, input as object);
        return differences.map((difference) => `${id} from ${difference}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

/** Returns whether a machine calls nothing and ends independently of the time, chance and its execution's name. */
function isRepeatable({
  definition,
  needs,
  type,
  api,
  expect: { status },
  noInput,
  group,
}: RecordedCase): boolean {
  const text = JSON.stringify(definition);
  const own = needs?.length || type || api || noInput || status !== 'SUCCEEDED';
  return !own && group !== 'choice' && !/\$\$|context|UUID|Random|Wait|DISTRIBUTED/i.test(text);
}
