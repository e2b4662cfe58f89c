import { createHash } from 'node:crypto';
import { type Call, describe, isSame, type Point, pointsOf } from './point.ts';

/** Stops in one job at most: with more, the retries of a step may be used up, which is another thing to show. */
const mostStops = 5;

/** A number from 0 to 1 that follows from a seed and a name, whatever else there is. */
function rankOf(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32;
}

/** A point with where its call, and the first of that name, are among those of the job. */
interface Placed {
  point: Point;
  at: number;
  first: number;
}

/** Whether a job that was stopped at one point can be stopped at the other as if it never had been. */
const follows = (earlier: Placed, later: Placed) =>
  later.first > earlier.at &&
  (earlier.point.caller !== later.point.caller || earlier.point.caller === 'flow');

/**
 * Deals out all points of a job in random order, each once, as plans for jobs to come. In each job a later stop is at a
 * call of which there was none before the earlier one, so that what is counted means the same in a job that was stopped
 * already.
 */
export function plans(calls: readonly Call[], seed: number): Point[][] {
  const indexOf = (wanted: Call) => calls.findIndex((call) => isSame(call, wanted));
  const open = pointsOf(calls)
    .map((point) => ({ point, at: indexOf(point), first: indexOf({ ...point, nth: 1 }) }))
    .map((placed) => ({ placed, rank: rankOf(seed, describe(placed.point)) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ placed }) => placed);
  const made: Point[][] = [];
  for (let first = open.shift(); first; first = open.shift()) {
    let plan: Placed[] = [first];
    for (const next of [...open]) {
      if (plan.length === mostStops) break;
      const longer = [...plan, next].sort((one, other) => one.at - other.at);
      if (!longer.every((one, index) => index === 0 || follows(longer[index - 1] ?? one, one))) continue;
      plan = longer;
      open.splice(open.indexOf(next), 1);
    }
    made.push(plan.map(({ point }) => point));
  }
  return made;
}
