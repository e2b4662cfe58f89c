import { existsSync, mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { PublishedMessage } from 'local-aws';
import { recordConformance } from 'local-aws/conformance';
import { eventually } from 'local-aws/testing';
import { type Config, parseConfig } from '../../config/settings/index.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { summarySubject } from '../../domain/runbook.ts';
import { startLocalCloud } from '../cloud.ts';
import type { LocalCloudOptions } from '../cloud-interface.ts';
import { type Execution, pipelineExecutions } from '../demo/executions.ts';
import { createJournal } from '../journal.ts';
import type { Environment } from './environment.ts';
import { isCallInFlight, pendingInvocations } from './pending-calls.ts';

/** Returns settings for a pipeline that reads `chapters/` of an environment and publishes to its `out/`. */
export function configIn({ pathOf }: Environment, settings: Partial<Config> = {}): Config {
  mkdirSync(pathOf('chapters'), { recursive: true });
  const folders = { library: pathOf('chapters'), publisherFolder: pathOf('out') };
  return parseConfig({ ...folders, dailyQuota: 100, ...settings });
}

const halfAnHour = 30 * 60_000;

/**
 * Makes the clock start half an hour ahead in the last half hour of a quota day: a run that the day's end divides counts in two
 * days.
 */
function avoidEndOfDay({ pathOf, write }: Environment, { quotaTimezone }: Config): void {
  const soon = new Date(Date.now() + halfAnHour);
  if (quotaDay(soon, quotaTimezone) !== quotaDay(new Date(), quotaTimezone) && !existsSync(pathOf('state')))
    write('state/clock.json', JSON.stringify({ ahead: halfAnHour }));
}

export interface PipelineOptions extends Omit<LocalCloudOptions, 'stateDirectory' | 'port' | 'config'> {
  settings?: Partial<Config>;
}

interface EndOptions {
  /** Amount of time that passes per step. */
  step?: string | undefined;
  /** Called while nothing works. */
  idly?: () => Promise<void>;
  /** Milliseconds after which the day hangs. */
  within?: number;
}

/**
 * Starts the pipeline in a local cloud of an environment. Time only passes while nothing works. Closing the environment
 * fails with the requests and responses that AWS's models of the services do not allow.
 */
export async function startPipeline(
  environment: Environment,
  { settings, journal = createJournal(100_000), ...options }: PipelineOptions,
) {
  const invocations = pendingInvocations(journal);
  const messages: PublishedMessage[] = [];
  const summaries: PublishedMessage[] = [];
  const isCallComing = isCallInFlight(journal);
  const conformance = recordConformance(options.middleware);
  const config = configIn(environment, settings);
  avoidEndOfDay(environment, config);
  environment.started.defer(() => {
    const problems = conformance.problems();
    if (problems.length > 0) throw new Error(`Not as in AWS's models:\n${problems.join('\n')}`);
  });
  const cloud = environment.started.adopt(
    await startLocalCloud({
      ...options,
      middleware: conformance.middleware,
      observer: {
        ...options.observer,
        published(message) {
          (message.subject.startsWith(summarySubject) ? summaries : messages).push(message);
          options.observer?.published?.(message);
        },
      },
      stateDirectory: environment.pathOf('state'),
      port: 0,
      config,
      journal,
    }),
    (one) => one.close(),
  );
  const executions = pipelineExecutions(cloud);
  /** Executions that have ended. A request for each look would be most of the work of a test. */
  const ended = new Set<string>();
  journal.subscribe(({ type, data }) => {
    if (type !== 'execution') return;
    const { executionArn, event } = data;
    if (/^Execution(?:Succeeded|Failed|TimedOut|Aborted)$/.test(event.type)) ended.add(executionArn);
    if (event.type === 'ExecutionRedriven') ended.delete(executionArn);
  });
  const up = () =>
    cloud.instances().filter(({ state }) => ['pending', 'running', 'shutting-down'].includes(state));
  /** Those that do not only wait for another task. */
  const atWork = () => up().filter(({ id }) => !cloud.taskOf(id)?.waits);
  const jump = (time: string) => cloud.control.run('clock', { jump: time, over: 'work' });

  return {
    cloud,
    /** Operations of AWS that were called so far: `dynamodb:GetItem`. */
    called: conformance.called,
    /** Messages to operators, without the summaries of days. */
    messages,
    summaries,
    /** The number of calls of functions that have not ended. */
    invocations,
    /** The machines that are running, starting or stopping. */
    up,
    atWork,
    jump,
    /** Lets time pass while machines run, but not while a function works, since it would reach its time limit. */
    async pass(time: string): Promise<void> {
      for (let quiet = 0; quiet < 5; quiet = invocations() === 0 ? quiet + 1 : 0) await wait(20);
      await jump(time);
    },
    /** Starts a day and returns the ARN of its execution. */
    start: executions.start,
    /** Lets idle time pass until the day is over. */
    end: (executionArn: string, { step = '5s', idly = async () => {}, within = 240_000 }: EndOptions = {}) =>
      eventually<Execution>(
        'the end of the day',
        async () => {
          if (ended.has(executionArn)) return executions.describe(executionArn);
          if (invocations() > 0 || isCallComing() || atWork().length > 0) return undefined;
          await idly();
          await jump(step);
          return undefined;
        },
        within,
      ),
    idle: () => eventually('all machines to end', () => up().length === 0, 60_000),
  };
}
export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
