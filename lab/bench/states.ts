/**
 * `make bench WHAT=states`: runs the Step Functions service in its own process, with everything stored on disk; this process
 * is its client and serves the functions that its tasks call, over HTTP. ROUNDS=n repeats the executions, KEPT=n is the number of
 * executions, in thousands, that a service without a directory keeps.
 */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { inEnvironment } from '../../local/testing/environment.ts';
import { givenNumber } from '../figures/given-number.ts';
import { median } from '../figures/median.ts';
import { show } from '../figures/show.ts';
import { callStates, measureOverhead } from './engine-overhead.ts';
import { type Memory, startService } from './states/service.ts';

const executions = 1000;
const tasks = 10;
const rounds = givenNumber('ROUNDS', 5);
const kept = givenNumber('KEPT', 10);
/** Thousands of executions after which the memory of the service should not grow. */
const filled = 3;
const role = 'arn:aws:iam::123456789012:role/bench';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

/** Serves functions that return their input. */
async function startFunctions(onCall: () => void): Promise<number> {
  const server = createServer(async (incoming, response) => {
    const event = await text(incoming);
    onCall();
    response.setHeader('X-Amz-Executed-Version', '$LATEST');
    response.end(event || '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

function taskChain() {
  const name = (index: number) => `Step${index}`;
  const states = Array.from({ length: tasks }, (_, index) => [
    name(index),
    {
      Type: 'Task',
      Resource: functionArn,
      ...(index + 1 < tasks ? { Next: name(index + 1) } : { End: true }),
    },
  ]);
  return { StartAt: name(0), States: Object.fromEntries(states) };
}

/** Returns a machine that fills its history with rounds of Pass and Choice. */
function fullHistory() {
  const again = { Variable: '$.n', NumericLessThan: 6245, Next: 'Add' };
  return {
    StartAt: 'Add',
    States: {
      Add: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Again' },
      Again: { Type: 'Choice', Choices: [again], Default: 'Done' },
      Done: { Type: 'Succeed' },
    },
  };
}

async function untilAll(port: number, stateMachineArn: string, count: number): Promise<void> {
  const list = async (statusFilter: string, maxResults: number) => {
    const input = { stateMachineArn, statusFilter, maxResults };
    return (await callStates<{ executions: unknown[] }>(port, 'ListExecutions', input)).executions;
  };
  for (;;) {
    if ((await list('RUNNING', 1)).length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const done = await list('SUCCEEDED', 1000);
  if (done.length < Math.min(count, 1000)) throw new Error(`only ${done.length} executions succeeded`);
}

type Page = { events: unknown[]; nextToken?: string };
async function readHistory(port: number, executionArn: string, maxResults: number) {
  const started = performance.now();
  let events = 0;
  let nextToken: string | undefined;
  do {
    const input = { executionArn, maxResults, ...(nextToken !== undefined && { nextToken }) };
    const page = await callStates<Page>(port, 'GetExecutionHistory', input);
    events += page.events.length;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { events, milliseconds: performance.now() - started };
}

/** Runs executions of the chain; the state machine has `earlier` others. */
async function runChains(port: number, stateMachineArn: string, earlier: number): Promise<void> {
  calls = 0;
  const starts = Array.from({ length: executions }, () =>
    callStates(port, 'StartExecution', { stateMachineArn, input: '{"job_id":"job"}' }),
  );
  await Promise.all(starts);
  await untilAll(port, stateMachineArn, executions + earlier);
  if (calls !== executions * tasks) throw new Error(`${calls} calls instead of ${executions * tasks}`);
}

async function create(port: number, name: string, definition: object): Promise<string> {
  const given = { name, definition: JSON.stringify(definition), roleArn: role };
  return (await callStates(port, 'CreateStateMachine', given)).stateMachineArn ?? '';
}

const shownMemory = ({ rss, heapUsed }: Memory) =>
  `${(rss / 1e6).toFixed(1)} MB, ${(heapUsed / 1e6).toFixed(1)} MB of it in use by JavaScript`;

let calls = 0;
const functionsPort = await startFunctions(() => {
  calls += 1;
});
await inEnvironment('bench-states', async ({ folder, started }) => {
  const service = started.adopt(await startService(folder, functionsPort), (one) => one.stop());
  const { port } = service;
  console.log(`${availableParallelism()} cores, Node ${process.versions.node}\n`);
  const chain = await create(port, 'chain', taskChain());
  const seconds: number[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    await runChains(port, chain, executions * round);
    if (round > 0) seconds.push((performance.now() - started) / 1000);
    show(`  round ${round}: memory of the service`, shownMemory(await service.memory()));
  }
  show(
    `${executions} executions of ${tasks} tasks, median of ${rounds}`,
    `${median(seconds).toFixed(2)} s`,
    `≤ 4 s (best ${Math.min(...seconds).toFixed(2)}, worst ${Math.max(...seconds).toFixed(2)})`,
  );

  const full = await create(port, 'full', fullHistory());
  const { executionArn = '' } = await callStates(port, 'StartExecution', {
    stateMachineArn: full,
    input: '{"n":0}',
  });
  await untilAll(port, full, 1);
  for (const maxResults of [1000, 100]) {
    const { events, milliseconds } = await readHistory(port, executionArn, maxResults);
    show(`${events} events of history, ${maxResults} a page`, `${milliseconds.toFixed(0)} ms`);
  }
});

await inEnvironment('bench-states-kept', async ({ started }) => {
  const service = started.adopt(await startService(undefined, functionsPort), (one) => one.stop());
  const chain = await create(service.port, 'chain', taskChain());
  const memories: Memory[] = [];
  for (let thousand = 0; thousand < kept; thousand += 1) {
    await runChains(service.port, chain, executions * thousand);
    const memory = await service.memory();
    memories.push(memory);
    show(`  memory without a directory, ${thousand + 1},000 kept`, shownMemory(memory));
  }
  // The first thousands fill the cache of SQLite and compile the code.
  const [first, last] = [memories[filled - 1], memories.at(-1)];
  if (!first || !last || kept <= filled) return;
  const growth = (last.rss - first.rss) / (executions * (kept - filled));
  show(`growth for each execution after ${filled},000`, `${growth.toFixed(0)} bytes`, 'about 0');
});

const overhead = await measureOverhead();
show(
  'per durable state transition (Pass)',
  `${overhead.median.toFixed(3)} ms`,
  `best ${overhead.best.toFixed(3)}, worst ${overhead.worst.toFixed(3)}`,
);
process.exit();
