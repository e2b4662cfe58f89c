import { plans } from './pick.ts';
import { type Call, describe, type Point } from './point.ts';
import { runTrial } from './trial.ts';
import { type CrashWorld, type PublisherName, startCrashWorld } from './world.ts';

export interface Campaign {
  publisher: PublisherName;
  seed: number;
  /** Number of points at which to stop jobs. */
  points: number;
  /** Number of worlds that work in parallel. */
  worlds?: number;
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
 * Stops one job after the other at points of an undisturbed job, in several worlds, until enough points were reached.
 */
export async function stopJobs({
  publisher,
  seed,
  points,
  worlds = 1,
  only = () => true,
  tell = () => {},
}: Campaign): Promise<Outcome> {
  const outcome: Outcome = { known: 0, reached: [], jobs: 0, broken: [] };
  let open: Promise<Point[][]> | undefined;

  /** Starts a world and verifies an undisturbed job in it; the first such job provides the points. */
  async function start(): Promise<CrashWorld> {
    const world = await startCrashWorld(publisher);
    const clean = runTrial(world, []);
    open ??= clean.then(({ calls }) => plans(calls, seed).map((plan) => plan.filter(only)));
    const { broken } = await clean;
    if (broken.length === 0) return world;
    await world.close();
    throw new Error(`an undisturbed job breaks invariants: ${broken.join('; ')}`);
  }

  async function stopIn(world: CrashWorld, plan: readonly Point[]): Promise<boolean> {
    const { reached, broken, seconds } = await runTrial(world, plan);
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
    let world = await start();
    try {
      const left = (await open)?.filter((plan) => plan.length > 0) ?? [];
      outcome.known = left.flat().length;
      for (let plan = next(left); plan; plan = next(left)) {
        if (await stopIn(world, plan)) continue;
        // The state left by this job would affect all later ones.
        await world.close();
        world = await start();
      }
    } finally {
      await world.close();
    }
  }

  const taken = new Set<Point>();
  function next(left: readonly Point[][]): Point[] | undefined {
    const plan =
      outcome.reached.length < points ? left.find(([first]) => first && !taken.has(first)) : undefined;
    for (const point of plan ?? []) taken.add(point);
    return plan;
  }

  await Promise.all(Array.from({ length: worlds }, work));
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
