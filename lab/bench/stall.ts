/**
 * `make bench WHAT=stall`: gives random definitions and inputs to the Step Functions service and prints the longest time that its
 * main thread worked without a pause, in which no request is handled. RUNS=n is their number, AT=n repeats one of them alone.
 * FLIGHT=n runs n at a time; those that ran during a long pause are repeated alone, to find which of them caused it. SECONDS=n ends the
 * run after that time with what was measured.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inEnvironment } from '../../local/testing/environment.ts';
import { givenNumber } from '../figures/given-number.ts';
import { show } from '../figures/show.ts';
import { randomFrom } from '../load/random.ts';
import { callStates } from './engine-overhead.ts';
import { type Case, randomCase } from './stall/random-machine.ts';

const wantedMs = 50;
/** Executions are stopped after this time; an endless expression takes a second. */
const patienceMs = 200;
const roleArn = 'arn:aws:iam::123456789012:role/bench';
const program = join(import.meta.dirname, '../../packages/step-functions/src/cli.ts');
const probe = new URL('./stall/probe.ts', import.meta.url).href;

async function startService() {
  const child = spawn(process.execPath, ['--import', probe, program], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error('the service has no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    port: Number(line.split(':').at(-1)),
    /** Returns the worst time since the last call. */
    async worst(): Promise<number> {
      const reported = once(child, 'message') as Promise<[number]>;
      child.send('worst');
      return (await reported)[0];
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/** Returns whether the definition was accepted. */
async function run(port: number, name: string, { definition, input }: Case): Promise<boolean> {
  const created = await callStates(port, 'CreateStateMachine', { name, definition, roleArn }).catch(() => {});
  const stateMachineArn = created?.stateMachineArn;
  if (stateMachineArn === undefined) return false;
  const { executionArn } = await callStates(port, 'StartExecution', { stateMachineArn, input });
  const until = performance.now() + patienceMs;
  for (;;) {
    const { status } = await callStates(port, 'DescribeExecution', { executionArn });
    if (status !== 'RUNNING') break;
    if (performance.now() > until) {
      await callStates(port, 'StopExecution', { executionArn });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await callStates(port, 'GetExecutionHistory', { executionArn, maxResults: 100 });
  await callStates(port, 'DeleteStateMachine', { stateMachineArn });
  return true;
}

const seed = givenNumber('SEED', 1);
const flight = givenNumber('FLIGHT', 1);
const only = process.env.AT ? givenNumber('AT', 0) : undefined;
const numbers =
  only === undefined ? Array.from({ length: givenNumber('RUNS', 1000) }, (_, index) => index) : [only];
const caseOf = (number: number) => randomCase(randomFrom(seed * 1_000_003 + number));

await inEnvironment('bench-stall', async ({ started }) => {
  const service = started.adopt(await startService(), (one) => void one.stop());
  // The first machines compile the service's code, which is not their fault.
  for (let warm = 0; warm < 20; warm += 1) await run(service.port, `warm-${warm}`, caseOf(1e6 + warm));
  await service.worst();
  const measured: { number: number; worst: number }[] = [];
  let accepted = 0;
  let together = 0;
  const runAll = (group: readonly number[], again = '') =>
    Promise.all(
      group.map(async (number) => {
        const done = await run(service.port, `machine-${number}${again}`, caseOf(number));
        if (again === '') accepted += Number(done);
      }),
    );
  let tried = 0;
  const until = performance.now() + 1000 * givenNumber('SECONDS', 1_000_000);
  for (let start = 0; start < numbers.length && performance.now() < until; start += flight) {
    const group = numbers.slice(start, start + flight);
    const [first] = group;
    if (only !== undefined)
      console.log(caseOf(only).definition.slice(0, 5000), caseOf(only).input.slice(0, 500));
    await runAll(group);
    tried += group.length;
    const worst = await service.worst();
    if (worst <= wantedMs || group.length === 1) {
      if (first !== undefined) measured.push({ number: first, worst });
      continue;
    }
    together += 1;
    for (const number of group) {
      await runAll([number], '-alone');
      measured.push({ number, worst: await service.worst() });
    }
  }
  for (const { number, worst } of measured)
    if (worst > wantedMs) show(`  SEED=${seed} AT=${number}`, `${worst.toFixed(0)} ms`, `≤ ${wantedMs} ms`);
  measured.sort((left, right) => right.worst - left.worst);
  show('random definitions and inputs', String(tried), `${accepted} accepted`);
  show(
    `of these kept the service busy for over ${wantedMs} ms`,
    String(measured.filter(({ worst }) => worst > wantedMs).length),
    '0',
  );
  if (flight > 1) show(`pauses over ${wantedMs} ms with ${flight} at a time`, String(together), '0');
  const [longest] = measured;
  if (longest)
    show(`the longest, AT=${longest.number}`, `${longest.worst.toFixed(0)} ms`, `≤ ${wantedMs} ms`);
});
process.exit();
