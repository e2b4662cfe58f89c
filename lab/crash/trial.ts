import { setTimeout as wait } from 'node:timers/promises';
import { callJson } from 'local-aws/client';
import { memoryPrefix, speechMemoryPrefix } from '../../domain/artifacts.ts';
import { ask } from '../../local/control/client.ts';
import { pipelineResources } from '../../local/pipeline.ts';
import { pipelineRecords } from '../../local/records.ts';
import { writeChapter } from './drawn-page.ts';
import type { CrashEnvironment } from './environment.ts';
import { brokenInvariants, lookBefore } from './invariants.ts';
import type { Call, Point } from './point.ts';

export interface Trial {
  chapter: string;
  /** The points at which the job was actually stopped. */
  reached: readonly Point[];
  broken: string[];
  calls: readonly Call[];
  seconds: number;
}

const region = 'us-east-1';
const pages = 3;
let trials = 0;

/**
 * Publishes one chapter, stops it at the given points, and checks the result. Where machines stay, a second chapter follows, whose tasks
 * the machines of the first one take over.
 */
export async function runTrial(environment: CrashEnvironment, points: readonly Point[]): Promise<Trial> {
  const startedAt = performance.now();
  trials += 1;
  const chapter = `chapter-${String(trials).padStart(4, '0')}`;
  const chapters = [chapter, ...(environment.config.workerIdleMinutes > 0 ? [`${chapter}-next`] : [])];
  const { endpoint } = await environment.cloud();
  // Each job has a separate day; otherwise the quota would end them.
  await ask('clock', { jump: '1d' }, environment.state);
  // Results that another job paid for would be free for this one.
  const stored = pipelineRecords({ endpoint, region, resources: pipelineResources(region) });
  for (const prefix of [memoryPrefix, speechMemoryPrefix]) await stored.forget(prefix);
  for (const one of chapters) await writeChapter(environment, one, pages);
  const before = lookBefore(environment);
  const reached = environment.begin(points);
  const name = `${chapter}-${process.pid}`;
  const execution = await persistently(environment, async (cloud) => {
    const { stateMachineArn } = cloud;
    // The name makes repeated starts start one execution.
    const input = { stateMachineArn, name, input: '{}' };
    const at = { ...cloud, region };
    return (await callJson<{ executionArn: string }>(at, 'states', 'StartExecution', input)).executionArn;
  });
  const status = await persistently(environment, async (cloud) => {
    const input = { executionArn: execution };
    const at = { ...cloud, region };
    const { status } = await callJson<{ status: string }>(at, 'states', 'DescribeExecution', input);
    return status === 'RUNNING' ? undefined : status;
  });
  await persistently(
    environment,
    async () => environment.instances().every(({ state }) => state === 'terminated') || undefined,
  );
  // The callbacks of their ends are invoked after the event.
  await persistently(environment, async ({ endpoint }) => {
    const { machines } = pipelineRecords({ endpoint, region, resources: pipelineResources(region) });
    return (await machines()).length === 0 || undefined;
  });
  const calls = environment.calls();
  environment.begin([]);
  const broken = await brokenInvariants(environment, chapters, reached, before);
  if (status !== 'SUCCEEDED') broken.push(`the execution ended with ${status}`);
  return { chapter, reached, broken, calls, seconds: (performance.now() - startedAt) / 1000 };
}

/** Repeats a request until the current cloud responds. */
async function persistently<T>(
  environment: CrashEnvironment,
  ask: (cloud: { endpoint: string; stateMachineArn: string }) => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + environment.patience;
  let problem: unknown;
  for (;;) {
    const cloud = await environment.cloud();
    const answer = await ask(cloud).catch((error: unknown) => {
      problem = error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (performance.now() > end)
      throw new Error(`the job makes no progress:\n${environment.whereabouts()}`, { cause: problem });
    await wait(50);
  }
}
