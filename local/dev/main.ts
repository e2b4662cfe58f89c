import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PortTaken } from 'local-aws';
import { localAccess } from 'local-aws/client';
import { StateInUse } from 'local-aws/state';
import { checkVariables } from '../../config/given-variables.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { type LocalCloud, startLocalCloud } from '../cloud.ts';
import { createConsole } from '../console/console.ts';
import { standInsOf } from '../faults/catalogue.ts';
import { onInterruption } from '../interruption.ts';
import { createJournal } from '../journal.ts';
import { localSchedule } from '../schedule.ts';
import { localConfig } from '../settings.ts';
import { devKeys } from '../terminal/dev-keys.ts';
import { keyHelp, listenForKeys } from '../terminal/keys.ts';
import { lineFilter } from '../terminal/lines.ts';
import { inspectOptions } from './inspect-options.ts';

const defaultPort = 8083;
const defaultConsolePort = 8084;
const stateDirectory = resolve('.local', 'dev');

/** Variables of this command; the settings are also variables. */
const ownVariables = [
  ...['PORT', 'CONSOLE_PORT', 'FILTER', 'SPEED', 'INSPECT', 'STAND_INS'],
  ...['SCHEDULE_TIME', 'SCHEDULE_TIMEZONE', 'SCHEDULE_ENABLED'],
];

const help = `Runs the pipeline's AWS services on this machine until Ctrl-C.

  make dev [PORT=${defaultPort}] [FILTER=scriptgen,…] [SPEED=60] [INSPECT=1]
  node local/dev.ts [--port ${defaultPort}]

A saved change of functions, workers, providers, domain, settings or the state machine takes effect with the next
invocation, machine or execution. FILTER shows only lines with one of these texts: a function, a request id.
The console is at CONSOLE_PORT=${defaultConsolePort}, or at a free port if that is taken.
Each setting can be given by its name in capitals, as in REVIEW=manual DAILY_QUOTA=3; docs/settings.md lists them.
STAND_INS=edge,llm,youtube replaces these services by local ones, so that \`make chaos\` can make them fail.
INSPECT=1 prints the addresses for debuggers, and INSPECT=wait makes each machine wait for one; the clock stops while
a debugger pauses anything. SPEED runs time faster while no function works; \`make clock\` changes it later. The daily run starts as
in a deployment: SCHEDULE_TIME=01:00 SCHEDULE_TIMEZONE=America/Los_Angeles SCHEDULE_ENABLED=false.
The state is in .local: running executions continue at the next start.
`;

async function dev(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  checkVariables(ownVariables, process.env, true);
  enableCompileCache(join(stateDirectory, 'code-cache'));
  const standIns = await standInsFor(process.env.STAND_INS);
  const config = localConfig(process.env, standIns?.settings);
  const page = createConsole({ stateDirectory, config });
  const journal = createJournal();
  const shownLines = lineFilter(process.env.FILTER);
  journal.subscribe((entry) => {
    for (const line of shownLines(entry)) console.log(line);
  });
  const starting = startLocalCloud({
    stateDirectory,
    port: portOf(values.port || process.env.PORT, 'PORT', defaultPort),
    config,
    schedule: localSchedule(process.env),
    speed: speedOf(process.env.SPEED),
    inspect: inspectOptions(process.env.INSPECT),
    reload: { environment: { ...process.env }, ...(standIns && { fixed: standIns.settings }) },
    standIns,
    journal,
    observer: page.observer,
  });
  const opening = starting.then((cloud) => {
    const { CONSOLE_PORT } = process.env;
    return page.open(cloud, {
      port: portOf(CONSOLE_PORT, 'CONSOLE_PORT', defaultConsolePort),
      exactly: Boolean(CONSOLE_PORT),
    });
  });
  const interruption = onInterruption(async () => {
    console.log('stopping');
    await (await opening.catch(() => undefined))?.close();
    await (await starting).close();
    await standIns?.close();
  });
  const { url } = await opening;
  const cloud = await starting;
  const keys = devKeys(cloud, url);
  console.log(welcome(cloud, url));
  if (process.stdin.isTTY) console.log(keyHelp(keys));
  const endKeys = listenForKeys(process.stdin, keys, (text) => console.log(text));
  const say = (text: string) => journal.write('log', { source: 'dev', text });
  cloud.watching.then(
    () => say('watching the sources: a saved change takes effect with the next invocation'),
    () => {},
  );
  return interruption.stopped.finally(endKeys);
}

function portOf(given: string | undefined, name: string, usual: number): number {
  const port = Number(given || usual);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new RangeError(`${name} is ${given}; it must be a number below 65536`);
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
  throw new RangeError(`SPEED is ${given}; it must be a number like 60`);
}

/** Returns the instructions for a first-time user. */
function welcome(
  { endpoint, region, stateMachineArn, resources, functionArns, inspectorPorts }: LocalCloud,
  consoleUrl: string,
): string {
  const exports = Object.entries(localAccess({ endpoint, region })).map(
    ([name, value]) => `  export ${name}=${value}`,
  );
  return [
    `The local cloud is ready at ${endpoint} (${performance.now().toFixed(0)} ms).`,
    '',
    'The console, in your browser; the address holds its key:',
    `  ${consoleUrl}`,
    '',
    'Point the aws command line, or any AWS SDK, at it:',
    ...exports,
    '',
    'Put a chapter into the library and start an execution:',
    `  aws s3 cp chapter.cbz s3://${resources.artifactsBucket}/library/`,
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

/** Runs the whole command. */
export function main(): void {
  dev().then(
    (status) => process.exit(status),
    (error: Error) => {
      const isMistake = error instanceof RangeError || error instanceof ConfigurationError;
      const expected = error instanceof StateInUse || isMistake || 'cause' in error;
      const hint = error instanceof PortTaken ? hintOf(error) : '';
      console.error(`dev: ${expected ? `${error.message}${hint}` : (error.stack ?? error)}`);
      process.exit(1);
    },
  );
}

/** Returns how to choose another port. */
const hintOf = ({ use }: PortTaken): string =>
  use === 'endpoint' ? '; give another one with PORT' : '; choose others with INSPECT=9300';
