import type { ShardsOn } from '../../domain/render-shards.ts';
import { type CrashEnvironment, type PublisherName, startCrashEnvironment } from './environment.ts';
import { plans } from './pick.ts';
import { type Call, describe, type Point } from './point.ts';
import { runTrial } from './trial.ts';

export interface Campaign {
  publisher: PublisherName;
  /** Lanes of the run that makes the job; all but one of them find no chapter. */
  lanes?: number;
  /** Shards of its render, and what makes them. */
  renderShards?: number;
  renderShardsOn?: ShardsOn;
  /** Minutes that a machine stays after its task; then a second job takes its machines over. */
  workerIdleMinutes?: number;
  seed: number;
  /** Number of points at which to stop jobs. */
  points: number;
  /** Number of environments that run jobs at the same time. */
  parallel?: number;
  /** Selects points, e.g. those of one worker. */
  only?: (point: Point) => boolean;
  /** Called with a line for each job. */
  tell?(line: string): void;
}

export interface Outcome {
  /** Number of different points of a job. */
  known: number;
  reached: Point[];
  jobs: number;
  /** Jobs that broke an invariant, one line each. */
  broken: string[];
}

/**
 * Stops one job after the other at points of an undisturbed job, in several environments, until enough points were
 * reached.
 */
export async function stopJobs({
  publisher,
  lanes = 1,
  renderShards = 0,
  renderShardsOn = 'machines',
  workerIdleMinutes = 0,
  seed,
  points,
  parallel = 1,
  only = () => true,
  tell = () => {},
}: Campaign): Promise<Outcome> {
  const outcome: Outcome = { known: 0, reached: [], jobs: 0, broken: [] };
  let open: Promise<Point[][]> | undefined;
  let hasFailed = false;

  /** Starts an environment and verifies an undisturbed job in it; the first such job provides the points. */
  async function start(): Promise<CrashEnvironment> {
    const environment = await startCrashEnvironment(publisher, {
      ...{ lanes, renderShards, renderShardsOn, workerIdleMinutes },
    });
    try {
      const clean = runTrial(environment, []);
      open ??= clean.then(({ calls }) => plans(calls, seed).map((plan) => plan.filter(only)));
      open.catch(() => undefined);
      const { broken } = await clean;
      if (broken.length > 0) throw new Error(`an undisturbed job breaks invariants: ${broken.join('; ')}`);
      return environment;
    } catch (error) {
      await environment.close();
      throw error;
    }
  }

  async function stopIn(environment: CrashEnvironment, plan: readonly Point[]): Promise<boolean> {
    const { reached, broken, seconds } = await runTrial(environment, plan);
    outcome.jobs += 1;
    outcome.reached.push(...reached);
    const stops = reached.map(describe).join(', then ') || 'nowhere';
    tell(
      `${String(outcome.reached.length).padStart(4)} of ${points}  ${seconds.toFixed(1).padStart(5)} s  stopped at ${stops}`,
    );
    if (broken.length === 0) return true;
    outcome.broken.push(`stopped at ${stops}: ${broken.join('; ')}`);
    tell(`      BROKEN: ${broken.join('; ')}`);
    return false;
  }

  async function work(): Promise<void> {
    let environment = await start();
    try {
      const left = (await open)?.filter((plan) => plan.length > 0) ?? [];
      outcome.known = left.flat().length;
      for (let plan = next(left); plan; plan = next(left)) {
        if (await stopIn(environment, plan)) continue;
        // The state left by this job would affect all later ones.
        await environment.close();
        environment = await start();
      }
    } catch (error) {
      hasFailed = true;
      throw error;
    } finally {
      await environment.close();
    }
  }

  const taken = new Set<Point>();
  function next(left: readonly Point[][]): Point[] | undefined {
    const isDone = hasFailed || outcome.reached.length >= points;
    const plan = isDone ? undefined : left.find(([first]) => first && !taken.has(first));
    for (const point of plan ?? []) taken.add(point);
    return plan;
  }

  await Promise.all(Array.from({ length: parallel }, work));
  return outcome;
}

/** Counts calls by caller, for a summary. */
export function callersOf(points: readonly Pick<Call, 'caller' | 'observedAt'>[]): string {
  const counts = new Map<string, number>();
  for (const { caller } of points) counts.set(caller, (counts.get(caller) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([caller, n]) => `${caller} ${n}`)
    .join(', ');
}
