/** `make live STAGE=dev`: runs a stage's functions on this machine, with its code, breakpoints and logs. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployedFunction } from '../aws/deployed-functions.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { live } from '../config/commands/operate.ts';
import { type FunctionName, functionNames, functions } from '../config/functions.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { loadDeployment } from '../stacks/deployment.ts';
import { namesOf } from '../stacks/names.ts';
import { chooseStage, enterCloud } from './cloud.ts';
import { isAttached } from './live/attached.ts';
import { configFile, configFileName, liveFunctions } from './live/mapping.ts';
import { callKeptVersions, callNewestCode } from './live/newest-code.ts';
import { bridge, type LiveDebugger, restore } from './live/session.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string) => console.log(line);
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the program while it has changed nothing yet. */
function quit(): void {
  say('live: stopped; no function was changed');
  process.exit(0);
}

function checkedStage(): string {
  const { stage } = chooseStage(process.env);
  if (stage === 'prod')
    throw new ConfigurationError(
      "prod can't run on a developer's machine; set STAGE=dev, or another stage of yours",
    );
  return stage;
}

function checkedFunction(given: string | undefined): FunctionName | undefined {
  if (!given) return undefined;
  if (Object.hasOwn(functions, given)) return given as FunctionName;
  throw new ConfigurationError(`FN is ${given}; it is ${functionNames.join(', ')}`);
}

function programOf(given = 'npx --yes lambda-live-debugger@1.2.3'): LiveDebugger['command'] {
  const [first = 'npx', ...rest] = given.split(' ');
  return [first, ...rest];
}

async function giveBack(debug: LiveDebugger, names: readonly string[]): Promise<void> {
  await restore(debug, say);
  await callKeptVersions(debug.folder);
  const found = await Promise.all(names.map(async (name) => ({ name, now: await deployedFunction(name) })));
  const attached = found.filter(({ now }) => now && isAttached(now)).map(({ name }) => name);
  if (attached.length > 0) throw new ConfigurationError(`not restored: ${attached.join(', ')}`);
  say('live: every function has its own code again');
}

export async function run({ fn, cmd, end, liveDebugger }: OptionsOf<typeof live>): Promise<number> {
  if (cmd !== undefined) return (await import('./shell.ts')).runInStage(cmd);
  const stage = checkedStage();
  if (!end) for (const signal of signals) process.on(signal, quit);
  const mapping = liveFunctions(root, namesOf(stage), checkedFunction(fn));
  const { region } = await loadDeployment(stage, root);
  await enterCloud({ stage });
  const deployed = await Promise.all(mapping.map(({ functionName }) => deployedFunction(functionName)));
  const missing = mapping.filter((_, index) => !deployed[index]).map(({ functionName }) => functionName);
  if (missing.length > 0)
    throw new ConfigurationError(`${missing.join(', ')} is not deployed; make deploy STAGE=${stage}`);

  const folder = join(root, '.local', 'live', stage);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, configFileName), configFile(region, mapping));
  const debug: LiveDebugger = { command: programOf(liveDebugger), folder };
  const functionNames = mapping.map(({ functionName }) => functionName);
  try {
    if (!end) return await bridgeUntilStopped(debug, functionNames);
    await giveBack(debug, functionNames);
    return 0;
  } catch (error) {
    console.error('live: make live STAGE=… END=1 tries again to restore the functions');
    throw error;
  }
}

async function bridgeUntilStopped(debug: LiveDebugger, functionNames: readonly string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of signals) process.off(signal, quit).on(signal, () => stop.abort());
  const guardian = spawn(
    process.execPath,
    [join(import.meta.dirname, 'live/guardian.ts'), JSON.stringify(debug)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  const started = (pid: number) => guardian.stdin?.write(`${pid}\n`);
  await callNewestCode(functionNames, debug.folder);
  const asked = await bridge(debug, stop.signal, { say, started });
  say(
    asked
      ? 'live: ending'
      : 'live: the bridge is DOWN; restoring the functions, so that invocations do not wait',
  );
  await giveBack(debug, functionNames);
  guardian.stdin?.end('done');
  return asked ? 0 : 1;
}
