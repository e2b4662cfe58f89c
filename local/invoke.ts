/**
 * `make invoke`: runs one function with one event, in the cloud of `make dev` when one runs, otherwise in a new one.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { givenPath } from '../config/given-path.ts';
import { checkVariables } from '../config/given-variables.ts';
import type { Invoked } from './actions/invoke.ts';
import { startLocalCloud } from './cloud.ts';
import { ask, enterLocalCloud } from './control/client.ts';
import { ControlError } from './control/control.ts';
import { localConfig } from './settings.ts';

const help = `Runs one function with the environment of its manifest.

  make invoke FN=check-quota [EVENT='{}' | EVENT=@file] [JOB=job-…]
  node local/invoke.ts check-quota ['{}' | @file]

Sample events are in functions/<name>/events/; JOB replaces their job by yours. The function runs in the cloud of \`make dev\` or, if that is not running, in a
new one. The result goes to standard output, the log to standard error; the exit status is 1 when it fails.
`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const [name = process.env.FN, event = process.env.EVENT || '{}'] = positionals;
  if (values.help || !name) {
    (values.help ? process.stdout : process.stderr).write(help);
    return values.help ? 0 : 2;
  }
  checkVariables(['FN', 'EVENT', 'JOB'], process.env, true);
  const input = { function: name, event: withJob(readEvent(event), process.env.JOB) };
  const { result, failed, log } = enterLocalCloud()
    ? await ask<Invoked>('invoke', input)
    : await invokeAlone(input);
  process.stderr.write(log);
  console.log(JSON.stringify(result, null, 2));
  return failed ? 1 : 0;
}

function readEvent(given: string): unknown {
  const file = given.startsWith('@') ? givenPath(given.slice(1)) : undefined;
  try {
    return JSON.parse(file === undefined ? given : readFileSync(file, 'utf8'));
  } catch (error) {
    const what = file === undefined ? 'EVENT' : file;
    throw new ControlError(`${what} cannot be read as JSON: ${(error as Error).message}`);
  }
}

/** Replaces the job of a sample event, which does not exist. */
function withJob(event: unknown, job: string | undefined): unknown {
  return job && typeof event === 'object' ? { ...event, job_id: job } : event;
}

async function invokeAlone(input: object): Promise<Invoked> {
  console.error('no local cloud is running here; using a new one on .local/invoke');
  const cloud = await startLocalCloud({
    stateDirectory: resolve('.local', 'invoke'),
    port: 0,
    config: localConfig(process.env),
  });
  try {
    return (await cloud.control.run('invoke', input)) as Invoked;
  } finally {
    await cloud.close();
  }
}

main().then(
  (status) => process.exit(status),
  (error: Error) => {
    const isExpected =
      error instanceof ControlError || error.name === 'StateInUse' || error.name === 'ConfigurationError';
    console.error(`invoke: ${isExpected ? error.message : (error.stack ?? error)}`);
    process.exit(2);
  },
);
