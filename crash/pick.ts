import { createHash } from 'node:crypto';
import { type Call, describe, isSame, type Point, pointsOf } from './point.ts';

/** Stops in one job at most: more, and the retries of a step may be used up, which is another thing to show. */
const mostStops = 5;

/** A number from 0 to 1 that follows from a seed and a name, whatever else there is. */
export function rankOf(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32;
}

/**
 * Deals out all points of a job in random order, each once, as plans for jobs to come: some are stopped once, some at
 * several points. A later stop is at a call of which there was none before the earlier one, so that what is counted
 * means the same in a job that was stopped already.
 */
export function plans(calls: readonly Call[], seed: number): Point[][] {
  const open = pointsOf(calls)
    .map((point) => ({
      point,
      at: calls.findIndex((call) => isSame(call, point)),
      rank: rankOf(seed, describe(point)),
    }))
    .sort((one, other) => one.rank - other.rank);
  const isNewAfter = (at: number, { border, caller, name }: Point) =>
    calls.every(
      (call, index) => index > at || call.border !== border || call.caller !== caller || call.name !== name,
    );
  const made: Point[][] = [];
  for (let first = open.shift(); first; first = open.shift()) {
    const plan = [first];
    const wanted = 1 + Math.floor(rankOf(seed, `stops of ${describe(first.point)}`) * mostStops);
    for (let index = 0; plan.length < wanted && index < open.length; index += 1) {
      const next = open[index];
      const last = plan.at(-1);
      if (!next || !last || !isNewAfter(last.at, next.point)) continue;
      if (plan.some(({ point }) => point.caller === next.point.caller && point.caller !== 'flow')) continue;
      plan.push(next);
      open.splice(index, 1);
      index -= 1;
    }
    made.push(plan.map(({ point }) => point));
  }
  return made;
}
