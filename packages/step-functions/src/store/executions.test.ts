/** Tests of pages and of rows of threads with large data. */

import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { ended, role, runMachine, type Served, serve } from '../testing/served.ts';
import { openDatabase } from './database.ts';
import { openDefinitions } from './definitions.ts';
import { openExecutions } from './executions.ts';

const text = 'x'.repeat(200_000);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

let served: Served;

beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

async function start(
  definition: object,
  input: unknown,
  count = 1,
): Promise<[machine: string, last: string]> {
  const { client } = served;
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `m-${crypto.randomUUID()}`,
      roleArn: role,
      definition: JSON.stringify(definition),
    }),
  );
  let last = '';
  for (let started = 0; started < count; started += 1) {
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    last = executionArn ?? '';
    await ended(client, last);
  }
  return [stateMachineArn ?? '', last];
}

const chain = {
  StartAt: 'S0',
  States: Object.fromEntries(
    times(6, (index) => [
      `S${index}`,
      { Type: 'Pass', ...(index < 5 ? { Next: `S${index + 1}` } : { End: true }) },
    ]),
  ),
};

test.each([false, true])(
  'pages of a history with large events are shorter, in reverse: %p',
  async (reverseOrder) => {
    const [, executionArn] = await start(chain, text);
    const ids: (number | undefined)[] = [];
    let pages = 0;
    let nextToken: string | undefined;
    do {
      const page = await served.client.send(
        new GetExecutionHistoryCommand({ executionArn, reverseOrder, nextToken, maxResults: 1000 }),
      );
      ids.push(...(page.events ?? []).map(({ id }) => id));
      pages += 1;
      nextToken = page.nextToken;
    } while (nextToken);
    const all = times(14, (index) => index + 1);
    expect(ids).toEqual(reverseOrder ? all.reverse() : all);
    expect(pages).toBeGreaterThan(1);
  },
);

test('a page of executions with large data is shorter, and the next one continues', async () => {
  const [stateMachineArn] = await start({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }, text, 80);
  const first = await served.client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }));
  expect(first.executions?.length).toBeLessThan(80);
  const second = await served.client.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, nextToken: first.nextToken }),
  );
  const arns = [...(first.executions ?? []), ...(second.executions ?? [])].map(
    ({ executionArn }) => executionArn,
  );
  expect(new Set(arns).size).toBe(80);
}, 60_000);

test('all branches of a Parallel get a large input, whatever a turn can store', async () => {
  const branch = (name: string) => ({
    StartAt: name,
    States: { [name]: { Type: 'Pass', Result: name, End: true } },
  });
  const names = times(30, (index) => `B${index}`);
  const { output } = await runMachine(
    served.client,
    { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: names.map(branch), End: true } } },
    { text },
  );
  expect(JSON.parse(output ?? '')).toEqual(names);
});

test('an iteration whose input is too large fails the Map', async () => {
  const processor = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
  const map = {
    Type: 'Map',
    ItemsPath: '$.items',
    ItemSelector: { 'a.$': '$.text', 'b.$': '$.text' },
    ItemProcessor: processor,
    Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], ResultPath: null, Next: 'Caught' }],
    End: true,
  };
  const states = { M: map, Caught: { Type: 'Pass', Result: 'caught', End: true } };
  expect(
    await runMachine(served.client, { StartAt: 'M', States: states }, { items: [1, 2], text }),
  ).toMatchObject({ output: '"caught"' });
});

test('threads that an earlier version stored are read with their input and variables', () => {
  const database = openDatabase(undefined);
  const executions = openExecutions(database, openDefinitions(database));
  const thread = {
    id: 0,
    parent: null,
    state: 'A',
    input: { a: 1 },
    variables: { v: [2] },
    phase: { type: 'attempt' },
  };
  database.prepare('INSERT INTO threads VALUES (1, 0, ?)').run(JSON.stringify(thread));
  expect(executions.threads(1)).toEqual([thread]);
  const { input: _input, variables: _variables, ...changed } = thread;
  database.prepare('UPDATE threads SET body = ?').run(JSON.stringify(changed));
  expect(executions.threads(1)).toEqual([thread]);
  database.close();
});
