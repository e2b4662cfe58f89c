/** The Step Functions service with a probe in it, and the run of a random definition. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { callStates } from '../engine-overhead.ts';
import type { Case } from './random-machine.ts';

/** Executions are stopped after this time; an endless expression takes a second. */
const patienceMs = 200;
const roleArn = 'arn:aws:iam::123456789012:role/bench';
const program = join(import.meta.dirname, '../../../packages/step-functions/src/cli.ts');
const probe = new URL('./probe.ts', import.meta.url).href;

/** The end of a definition: it was refused, its execution ended, or its execution was stopped. */
export type Outcome = 'refused' | 'ended' | 'stopped';

/** A pause of the main thread, in ms of its processor time, and how long V8 collected garbage in it. */
interface Pause {
  readonly ms: number;
  readonly collectedMs: number;
}

export interface StallService {
  run(name: string, one: Case): Promise<Outcome>;
  /** Returns the longest pause of the main thread since the last call. */
  worst(): Promise<Pause>;
  stop(): void;
}

export async function startService(): Promise<StallService> {
  const child = spawn(process.execPath, ['--import', probe, program], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error('the service has no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const port = Number(line.split(':').at(-1));
  return {
    run: (name, one) => run(port, name, one),
    async worst() {
      const reported = once(child, 'message') as Promise<[Pause]>;
      child.send('worst');
      return (await reported)[0];
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

async function run(port: number, name: string, { definition, input }: Case): Promise<Outcome> {
  const machine = await created(port, name, definition);
  if (machine === undefined) return 'refused';
  const start = { stateMachineArn: machine, input };
  await callStates(port, 'DescribeStateMachine', { stateMachineArn: machine });
  const { executionArn } = await callStates<{ executionArn: string }>(port, 'StartExecution', start);
  const outcome = await outcomeOf(port, executionArn);
  await callStates(port, 'GetExecutionHistory', { executionArn, maxResults: 100 });
  await callStates(port, 'DeleteStateMachine', { stateMachineArn: machine });
  return outcome;
}

/** Returns the ARN of a machine, or undefined where its definition is refused. Throws when the service fails. */
async function created(port: number, name: string, definition: string): Promise<string | undefined> {
  try {
    const given = { name, definition, roleArn };
    return (await callStates<{ stateMachineArn: string }>(port, 'CreateStateMachine', given)).stateMachineArn;
  } catch (error) {
    if (error instanceof Error && refusals.test(error.message)) return undefined;
    throw error;
  }
}

/** A definition with a fault, and one that is too long. */
const refusals = /"__type":"(InvalidDefinition|ValidationException)"/;

async function outcomeOf(port: number, executionArn: string): Promise<Outcome> {
  const until = performance.now() + patienceMs;
  for (let waitMs = 2; ; waitMs = Math.min(2 * waitMs, 50)) {
    const { status } = await callStates(port, 'DescribeExecution', { executionArn });
    if (status !== 'RUNNING') return 'ended';
    if (performance.now() > until) break;
    await sleep(waitMs);
  }
  await callStates(port, 'StopExecution', { executionArn });
  return 'stopped';
}
