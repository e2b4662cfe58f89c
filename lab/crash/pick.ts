import { createHash } from 'node:crypto';
import { type Call, describe, isSame, type Point, pointsOf } from './point.ts';

/** Maximum number of stops in one job; more could exhaust the retries of a step, which other tests cover. */
const mostStops = 5;

/** Returns a number from 0 to 1 that only depends on the seed and the name. */
export function rankOf(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32;
}

/** A point with the positions, in the job, of its call and of the first call of that name. */
interface Placed {
  point: Point;
  at: number;
  first: number;
}

/** Returns whether a job that was stopped at one point reaches the other as if it had not been stopped. */
const follows = (earlier: Placed, later: Placed) =>
  later.first > earlier.at &&
  (earlier.point.caller !== later.point.caller || earlier.point.caller === 'flow');

/**
 * Distributes all points of a job over plans for jobs, each once in random order. A later stop in a job is at a call
 * that does not occur before the earlier stop, so that its count means the same in a job that has been stopped.
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
