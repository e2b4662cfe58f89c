import { plans } from './pick.ts';
import { type Call, describe, type Point } from './point.ts';
import { runTrial } from './trial.ts';
import { type CrashWorld, type PublisherName, startCrashWorld } from './world.ts';

export interface Campaign {
  publisher: PublisherName;
  seed: number;
  /** Points at which jobs are to be stopped. */
  points: number;
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

/** Stops one job after the other at points of a clean one, until so many were reached. */
export async function stopJobs({
  publisher,
  seed,
  points,
  only = () => true,
  tell = () => {},
}: Campaign): Promise<Outcome> {
  const outcome: Outcome = { known: 0, reached: [], jobs: 0, broken: [] };
  let world: CrashWorld = await startCrashWorld(publisher);
  try {
    const clean = await runTrial(world, []);
    if (clean.broken.length > 0)
      throw new Error(`a job that nobody stops is not right: ${clean.broken.join('; ')}`);
    const open = plans(clean.calls, seed).map((plan) => plan.filter(only));
    outcome.known = open.flat().length;
    for (const plan of open.filter((one) => one.length > 0)) {
      if (outcome.reached.length >= points) break;
      const { reached, broken, seconds } = await runTrial(world, plan);
      outcome.jobs += 1;
      outcome.reached.push(...reached);
      const stops = reached.map(describe).join(', then ') || 'nowhere';
      tell(
        `${String(outcome.reached.length).padStart(4)} of ${points}  ${seconds.toFixed(1).padStart(5)} s  stopped at ${stops}`,
      );
      if (broken.length === 0) continue;
      outcome.broken.push(`stopped at ${stops}: ${broken.join('; ')}`);
      tell(`      BROKEN: ${broken.join('; ')}`);
      // What is wrong now would be so in all jobs to come.
      await world.close();
      world = await startCrashWorld(publisher);
      await runTrial(world, []);
    }
  } finally {
    await world.close();
  }
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
