import { relative, resolve } from 'node:path';
import { styleText } from 'node:util';
import { PortTaken } from 'local-aws';
import { localAccess } from 'local-aws/client';
import type { OptionsOf } from '../../config/commands/command.ts';
import type { dev as declared } from '../../config/commands/run.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { type LocalCloud, startLocalCloud } from '../cloud.ts';
import { createConsole } from '../console/console.ts';
import { standInsOf } from '../faults/catalogue.ts';
import { onInterruption } from '../interruption.ts';
import { createJournal } from '../journal.ts';
import { writeSample } from '../sample.ts';
import { localConfig, shownSettings } from '../settings.ts';
import { devKeys } from '../terminal/dev-keys.ts';
import { forTerminal } from '../terminal/for-terminal.ts';
import { keyHelp, listenForKeys } from '../terminal/keys.ts';
import { lineFilter } from '../terminal/lines.ts';
import { inspectOptions } from './inspect-options.ts';
import { watchProgress } from './render-progress.ts';

const defaultPort = 8083;
const defaultConsolePort = 8084;
const stateDirectory = resolve('.local', 'dev');

export async function run(options: OptionsOf<typeof declared>): Promise<number> {
  const { port = defaultPort, consolePort = defaultConsolePort } = options;
  const standIns = await standInsFor(options.standIns);
  const config = localConfig(process.env, standIns?.settings);
  const page = createConsole({ stateDirectory, config });
  const journal = createJournal();
  const shownLines = lineFilter(options.filter);
  journal.subscribe((entry) => {
    for (const line of shownLines(entry))
      console.log(process.stdout.isTTY ? forTerminal(line, process.stdout.hasColors()) : line);
  });
  const starting = startLocalCloud({
    stateDirectory,
    port,
    config,
    schedule: options.scheduleEnabled
      ? { time: options.scheduleTime, timezone: options.scheduleTimezone }
      : undefined,
    speed: speedOf(options.speed),
    inspect: inspectOptions(options.inspect),
    reload: { environment: { ...process.env }, ...(standIns && { fixed: standIns.settings }) },
    standIns,
    journal,
    observer: page.observer,
  }).catch((error: Error) => {
    throw error instanceof PortTaken ? withHint(error) : error;
  });
  const opening = starting.then((cloud) =>
    page.open(cloud, { port: consolePort, exactly: options.consolePort !== undefined }),
  );
  const stop = async () => {
    console.log('stopping');
    await (await opening.catch(() => undefined))?.close();
    await (await starting).close();
    await standIns?.close();
  };
  const interruption = onInterruption(stop, { done: opening, status: 0 });
  const { url } = await opening;
  const cloud = await starting;
  const keys = devKeys(cloud, url);
  const facts = [
    ...shownSettings(process.env, standIns?.settings),
    ...(standIns ? [`stand-ins on this machine: ${[...standIns.names].join(', ')}`] : []),
  ];
  console.log(welcome(cloud, { url, facts, sample: relative('', await writeSample('.local')) }));
  if (process.stdin.isTTY) console.log(keyHelp(keys));
  const endKeys = listenForKeys(process.stdin, keys, (text) => console.log(text));
  const say = (text: string) => journal.write('log', { source: 'dev', text });
  cloud.watching.then(
    () => say('watching the sources: a saved change takes effect with the next invocation'),
    () => {},
  );
  const endProgress = watchProgress(cloud, say);
  await interruption.stopped;
  endProgress();
  endKeys();
  return 0;
}

/** Loads stand-ins on request, because they load the libraries of whole services. */
async function standInsFor(given: string | undefined) {
  const names = standInsOf(given);
  if (names.length === 0) return undefined;
  const { startStandIns } = await import('../stand-ins.ts');
  return startStandIns(names);
}

function speedOf(given: string | undefined): number {
  const speed = Number(given || 1);
  if (speed >= 0 && speed <= 100_000) return speed;
  throw new ConfigurationError(`SPEED is ${given}; it must be a number like 60`);
}

/** Returns the instructions for a first-time user. */
function welcome(
  { endpoint, region, stateMachineArn, resources, functionArns, inspectorPorts }: LocalCloud,
  { url, facts, sample }: { url: string; facts: readonly string[]; sample: string },
): string {
  const exports = Object.entries(localAccess({ endpoint, region })).map(
    ([name, value]) => `  export ${name}=${value}`,
  );
  return [
    styleText('bold', 'The console, in your browser; the address holds its key:'),
    `  ${styleText('cyan', url)}`,
    '',
    `The local cloud is ready at ${endpoint} (${performance.now().toFixed(0)} ms).`,
    ...facts,
    '',
    'Point the aws command line, or any AWS SDK, at it:',
    ...exports,
    '',
    'Put a chapter into the library, such as the sample, and start an execution:',
    `  aws s3 cp ${sample} s3://${resources.artifactsBucket}/library/`,
    `  aws stepfunctions start-execution --state-machine-arn ${stateMachineArn}`,
    `  aws stepfunctions list-executions --state-machine-arn ${stateMachineArn}`,
    `  aws dynamodb scan --table-name ${resources.jobsTable}`,
    '',
    'Functions:',
    ...Object.values(functionArns).map((arn) => `  ${arn}`),
    '',
    ...(inspectorPorts.size > 0 ? ['Debuggers attach to:'] : []),
    ...[...inspectorPorts].map(([name, port]) => `  127.0.0.1:${port}   ${name}`),
    ...(inspectorPorts.size > 0 ? [''] : []),
    'Ctrl-C stops it. Log:',
  ].join('\n');
}

/** Adds how to choose another port. */
function withHint({ use, message, cause }: PortTaken): PortTaken {
  const hint = use === 'endpoint' ? 'give another one with PORT' : 'choose others with INSPECT=9300';
  return new PortTaken(use, `${message}; ${hint}`, cause);
}
