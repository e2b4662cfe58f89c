import { setTimeout as wait } from 'node:timers/promises';
import { memoryPrefix, speechMemoryPrefix } from '../domain/artifacts.ts';
import { ask } from '../local/control/client.ts';
import { callJson } from '../local/wire.ts';
import { brokenInvariants, lookBefore } from './invariants.ts';
import type { Call, Point } from './point.ts';
import { records } from './records.ts';
import type { CrashWorld } from './world.ts';

export interface Trial {
  chapter: string;
  /** Those of the points at which the job was really stopped. */
  reached: readonly Point[];
  broken: string[];
  calls: readonly Call[];
  seconds: number;
}

const region = 'us-east-1';
const pages = 3;
let trials = 0;

/** Publishes one chapter, stopped at the given points one after the other, and looks at what is left. */
export async function runTrial(world: CrashWorld, points: readonly Point[]): Promise<Trial> {
  const startedAt = performance.now();
  trials += 1;
  const chapter = `chapter-${String(trials).padStart(4, '0')}`;
  const { endpoint } = await world.cloud();
  // Each on a day of its own, or the quota would end them.
  await ask('clock', { jump: '1d' }, world.state);
  // What was paid for in another job would be free in this one.
  for (const prefix of [memoryPrefix, speechMemoryPrefix]) await records({ endpoint, region }).forget(prefix);
  await world.addChapter(chapter, pages);
  const before = lookBefore(world);
  const reached = world.begin(points);
  const name = `${chapter}-${process.pid}`;
  const execution = await persistently(world, async (cloud) => {
    const { stateMachineArn } = cloud;
    // The name makes it the same execution, however often it is started.
    const started = await callJson<{ executionArn: string }>(
      { ...cloud, region },
      'states',
      'StartExecution',
      {
        ...{ stateMachineArn, name, input: '{}' },
      },
    );
    return started.executionArn;
  });
  const status = await persistently(world, async (cloud) => {
    const described = await callJson<{ status: string; cause?: string }>(
      { ...cloud, region },
      'states',
      'DescribeExecution',
      {
        executionArn: execution,
      },
    );
    return described.status === 'RUNNING' ? undefined : described.status;
  });
  await persistently(
    world,
    async () => world.instances().every(({ state }) => state === 'terminated') || undefined,
  );
  const calls = world.calls();
  world.begin([]);
  const broken = await brokenInvariants(world, chapter, reached, before);
  if (status !== 'SUCCEEDED') broken.push(`the execution ended with ${status}`);
  return { chapter, reached, broken, calls, seconds: (performance.now() - startedAt) / 1000 };
}

/** Asks until there is an answer, of whichever cloud runs then. */
async function persistently<T>(
  world: CrashWorld,
  ask: (cloud: { endpoint: string; stateMachineArn: string }) => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + world.patience;
  let problem: unknown;
  for (;;) {
    const cloud = await world.cloud();
    const answer = await ask(cloud).catch((error: unknown) => {
      problem = error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (performance.now() > end)
      throw new Error(`nothing moves any more:\n${world.whereabouts()}`, { cause: problem });
    await wait(50);
  }
}
