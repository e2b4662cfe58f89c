/**
 * `make invoke`: runs one function with one event, in the cloud of `make dev` when one runs, otherwise in a new one.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OptionsOf } from '../config/commands/command.ts';
import type { invoke } from '../config/commands/run.ts';
import { functionNames, functionsOf } from '../config/functions.ts';
import { givenPath } from '../config/given-path.ts';
import { type Invoked, notAFunction } from './actions/invoke.ts';
import { startLocalCloud } from './cloud.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { ControlError } from './control/control.ts';
import { flowName, sandboxName } from './pipeline.ts';
import { localConfig } from './settings.ts';

export async function run({
  fn,
  event = '{}',
  job,
  sandbox = job === undefined ? isSample(event) || undefined : false,
}: OptionsOf<typeof invoke>): Promise<number> {
  if (!fn)
    throw new ControlError(
      `name a function, as in make invoke FN=check-quota; they are ${functionNames.join(', ')}`,
    );
  const input = { function: fn, event: withJob(readEvent(event), job), sandbox };
  const { result, failed, log, ...ran } = enterLocalCloud()
    ? await ask<Invoked>('invoke', input)
    : await invokeAlone(fn, input);
  if (ran.sandbox)
    console.error(
      `sandbox: it uses ${sandboxName}-jobs and other tables for samples, and publishes nothing; JOB=job-… or SANDBOX=0 uses yours`,
    );
  process.stderr.write(log);
  console.log(JSON.stringify(result, null, 2));
  return failed ? 1 : 0;
}

function readEvent(given: string): unknown {
  const file = given.startsWith('@') ? givenPath(given.slice(1)) : undefined;
  try {
    return JSON.parse(file === undefined ? given : readFileSync(file, 'utf8'));
  } catch (error) {
    const how = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new ControlError(`${file ?? 'EVENT'} ${how}: ${(error as Error).message}`);
  }
}

const samples = fileURLToPath(new URL('../functions/', import.meta.url));

/** Returns whether an event is one of the samples of the functions, whose jobs do not exist. */
function isSample(given: string): boolean {
  const path = given.startsWith('@') ? givenPath(given.slice(1)) : '';
  return resolve(path).startsWith(samples) && basename(dirname(path)) === 'events';
}

/** Replaces the job of a sample event, which does not exist. */
function withJob(event: unknown, job: string | undefined): unknown {
  return job && typeof event === 'object' ? { ...event, job_id: job } : event;
}

/** Throws before it starts a cloud where the function's name is wrong. */
async function invokeAlone(fn: string, input: object): Promise<Invoked> {
  const config = localConfig(process.env);
  const labels = functionsOf(config);
  if (!labels.some((label) => fn === label || fn === `${flowName}-${label}`)) throw notAFunction(fn, labels);
  console.error('no local cloud is running here; using a new one on .local/invoke');
  const cloud = await startLocalCloud({
    stateDirectory: resolve('.local', 'invoke'),
    port: 0,
    config,
  });
  try {
    return (await cloud.control.run('invoke', input)) as Invoked;
  } finally {
    await cloud.close();
  }
}
