import { plans } from './pick.ts';
import { type Call, describe, type Point } from './point.ts';
import { runTrial } from './trial.ts';
import { type CrashWorld, type PublisherName, startCrashWorld } from './world.ts';

export interface Campaign {
  publisher: PublisherName;
  seed: number;
  /** Points at which jobs are to be stopped. */
  points: number;
  /** Worlds that work side by side. */
  worlds?: number;
  /** Narrows them, e.g. to one worker. */
  only?: (point: Point) => boolean;
  /** Told of each job, in a line. */
  tell?(line: string): void;
}

export interface Outcome {
  /** Different points that a job has. */
  known: number;
  reached: Point[];
  jobs: number;
  /** A job with what did not hold of it, in a line each. */
  broken: string[];
}

/** Stops one job after the other at points of a clean one, in each of so many worlds, until so many were reached. */
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

  /** A world in which a job that nobody stops is right; the first such job tells the points. */
  async function start(): Promise<CrashWorld> {
    const world = await startCrashWorld(publisher);
    const clean = runTrial(world, []);
    open ??= clean.then(({ calls }) => plans(calls, seed).map((plan) => plan.filter(only)));
    const { broken } = await clean;
    if (broken.length === 0) return world;
    await world.close();
    throw new Error(`a job that nobody stops is not right: ${broken.join('; ')}`);
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
        // What is wrong now would be so in all jobs to come.
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

/** Calls by who makes them, for a summary. */
export function callersOf(points: readonly Pick<Call, 'caller' | 'border'>[]): string {
  const counts = new Map<string, number>();
  for (const { caller } of points) counts.set(caller, (counts.get(caller) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([caller, n]) => `${caller} ${n}`)
    .join(', ');
}
