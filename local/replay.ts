/** `make invoke WHAT=replay`: imports an execution of AWS into the local cloud and runs it again from any of its states. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { callJson } from 'local-aws/client';
import { parseHistory, type StateEntry, stateEntries } from 'step-functions-local';
import type { OptionsOf } from '../config/commands/command.ts';
import type { replay as declared } from '../config/commands/run.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { pipelineExecutions, stateIn } from './demo/executions.ts';
import { stateRuns, stateTable } from './demo/summary.ts';
import { onInterruption, stoppedStatus } from './interruption.ts';
import { deployFlow, replayDefinition } from './one-job-flow.ts';
import { pipelineResources, replayFlowName } from './pipeline.ts';
import { pipelineRecords } from './records.ts';
import { type Beside, runBeside } from './replay/beside.ts';
import { chooseEntry, entryTable } from './replay/starting-point.ts';
import { openTarget, type ReplayTarget } from './replay/target.ts';
import { localConfig } from './settings.ts';

export async function run({ history, from }: OptionsOf<typeof declared>): Promise<number> {
  if (!history)
    throw new ConfigurationError(
      'HISTORY=file.json must name the output of aws stepfunctions get-execution-history',
    );
  const text = await readFile(history, 'utf8').catch((error: Error) => {
    throw new ConfigurationError(`HISTORY cannot be read: ${error.message}`);
  });
  // Rejects an invalid file before anything is started.
  readHistory(text);
  const opening = openTarget(localConfig(process.env), from !== undefined);
  const interruption = onInterruption(async () => (await opening).close());
  const target = await opening;
  try {
    return await Promise.race([interruption.stopped.then(() => stoppedStatus), replay(from, text, target)]);
  } finally {
    if (!interruption.requested) await target.close();
  }
}

function readHistory(text: string): ReturnType<typeof parseHistory> {
  try {
    return parseHistory(text);
  } catch (cause) {
    throw new ConfigurationError(`HISTORY is invalid: ${(cause as Error).message}`, { cause });
  }
}

async function replay(from: string | undefined, text: string, target: ReplayTarget): Promise<number> {
  const { stateMachineArn } = target;
  const { definition } = await callJson<{ definition: string }>(target, 'states', 'DescribeStateMachine', {
    stateMachineArn,
  });
  const { States } = JSON.parse(definition) as { States: object };
  const history = readHistory(text);
  const entries = stateEntries(history.events, (state) => Object.hasOwn(States, state));
  if (entries.length === 0)
    throw new ConfigurationError(
      'the history has no state of asl/pipeline.asl.json: it belongs to another state machine',
    );
  const entry = from ? chooseEntry(entries, from) : undefined;
  const { executionArn } = await callJson<{ executionArn: string }>(
    target,
    'local-states',
    'ImportExecution',
    {
      stateMachineArn,
      history: text,
    },
  );
  console.log(`imported as ${executionArn}\n  ${history.events.length} events, ${history.status}`);
  if (!entry) {
    console.log(
      `FROM=… runs it again from one of these states, with the input shown:\n${entryTable(entries)}`,
    );
    return 0;
  }
  return runFrom(entry, history.input, target);
}

async function runFrom(entry: StateEntry, input: string, target: ReplayTarget): Promise<number> {
  const stateMachineArn = await deployFlow(replayFlowName, replayDefinition, target);
  const cloud = { ...target, resources: pipelineResources(target.region) };
  const { job, ...inputs } = await runBeside({ input, stateInput: entry.input ?? '{}' }, cloud);
  const { executionArn } = await callJson<{ executionArn: string }>(
    target,
    'local-states',
    'StartExecutionFrom',
    {
      stateMachineArn,
      name: `replay-${new Date().toISOString().replace(/\D/g, '')}`,
      ...inputs,
      state: entry.state,
      variables: entry.variables,
    },
  );
  console.log(`running from ${entry.state} as ${executionArn}`);
  if (job) console.log(besideText(job));
  const { status, error, cause } = await ended(target, executionArn);
  const { history } = pipelineExecutions(target);
  console.log(stateTable(stateRuns(await history(executionArn))));
  console.log([status, error, cause].filter(Boolean).join(': '));
  // HandleError records a failure on the job, and the execution succeeds.
  const made = job && (await pipelineRecords(cloud).job(job.to));
  if (made?.status !== 'failed') return status === 'SUCCEEDED' ? 0 : 1;
  console.log(`the job failed: ${made.error_name}: ${made.error_message}`);
  return 1;
}

/** Reports which job runs instead of that of the history. */
function besideText({ from, to, artifacts, chapters }: NonNullable<Beside['job']>): string {
  const copied = artifacts === 0 ? 'this cloud has no artifacts of it' : `${artifacts} artifacts are copied`;
  const published = chapters.length > 0 ? [`  it publishes ${chapters.join(', ')}`] : [];
  return [`  as job ${to} beside ${from}: ${copied}`, ...published].join('\n');
}

interface Described {
  status: string;
  error?: string;
  cause?: string;
}

/** Waits for the end and prints the state that the execution is in. */
async function ended(target: ReplayTarget, executionArn: string): Promise<Described> {
  for (let shown = ''; ; await sleep(300)) {
    const { events } = await callJson<{ events: Parameters<typeof stateIn>[0][] }>(
      target,
      'states',
      'GetExecutionHistory',
      { executionArn, reverseOrder: true, maxResults: 20 },
    );
    const state = events.map(stateIn).find((found) => found?.entered)?.name;
    if (state !== undefined && state !== shown) console.log(`  ${state}`);
    shown = state ?? shown;
    const described = await callJson<Described>(target, 'states', 'DescribeExecution', { executionArn });
    if (described.status !== 'RUNNING') return described;
  }
}
