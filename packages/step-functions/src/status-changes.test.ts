import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { StatusChange } from './index.ts';
import { ended, role, type Served, serve, until } from './testing/served.ts';

/** Reports of executions on a store on disk, to a listener that can leave a report open. */
let directory: string;
let service: Served;
let told: StatusChange[];
let open: boolean;

async function start() {
  told = [];
  service = await serve({
    directory,
    onStatusChange(change) {
      told.push(change);
      return open ? new Promise(() => {}) : Promise.resolve();
    },
  });
}
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'status-changes-'));
  open = false;
  await start();
});
afterEach(async () => {
  await service.close();
  rmSync(directory, { recursive: true });
});

async function run(states: object) {
  const definition = JSON.stringify({ StartAt: 'A', States: states });
  const name = `m${Math.random().toString(36).slice(2)}`;
  const { stateMachineArn } = await service.client.send(
    new CreateStateMachineCommand({ name, definition, roleArn: role }),
  );
  const { executionArn = '' } = await service.client.send(new StartExecutionCommand({ stateMachineArn }));
  return { executionArn };
}
const waiting = { A: { Type: 'Wait', Seconds: 1000, End: true } };
const statuses = () => told.map(({ status, redriveCount }) => `${status} ${redriveCount}`);

test('every status of an execution is reported in the form of EventBridge', async () => {
  const execution = await run(waiting);
  await service.client.send(new StopExecutionCommand({ ...execution, error: 'E', cause: 'enough' }));
  await service.client.send(new RedriveExecutionCommand(execution));
  await service.client.send(new StopExecutionCommand(execution));
  await until(() => told.length === 4);
  expect(statuses()).toEqual(['RUNNING 0', 'ABORTED 0', 'RUNNING 1', 'ABORTED 1']);
  expect(told[1]).toMatchObject({
    ...execution,
    error: 'E',
    cause: 'enough',
    input: '{}',
    output: null,
    redriveStatus: 'REDRIVABLE',
    startDate: expect.any(Number),
    stopDate: expect.any(Number),
  });
});

test('a report that was not complete when the service ended is repeated, and no other', async () => {
  await ended(service.client, (await run({ A: { Type: 'Pass', End: true } })).executionArn);
  const { executionArn } = await run(waiting);
  await until(() => told.length === 3);
  open = true;
  await service.client.send(new StopExecutionCommand({ executionArn }));
  await until(() => told.length === 4);
  await service.close();

  await start();
  expect(told.map((one) => [one.executionArn, one.status])).toEqual([[executionArn, 'ABORTED']]);
});

/** The guide's page of EventBridge: an event has no input, and no output, that is too large together or alone. */
test('data that does not fit into an event is left out', async () => {
  const large = (characters: number) => ({ A: { Type: 'Pass', Result: 'a'.repeat(characters), End: true } });
  await run(large(248 * 1024 - 5));
  await run(large(248 * 1024 - 3));
  await until(() => told.length === 4);
  const ends = told.filter(({ status }) => status === 'SUCCEEDED');
  expect(ends.map(({ inputDetails, outputDetails }) => ({ inputDetails, outputDetails }))).toEqual([
    { inputDetails: { included: false }, outputDetails: { included: true } },
    { inputDetails: { included: false }, outputDetails: { included: false } },
  ]);
  expect(ends.map(({ input, output }) => [input, output?.length])).toEqual([
    [null, 248 * 1024 - 3],
    [null, undefined],
  ]);
});
