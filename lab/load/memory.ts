import { median } from '../figures/median.ts';

/** Fewer days are not meaningful, because threads are still being started in the first ones. */
const fewest = 6;
/** Maximum growth of the memory from the earlier days to the last ones. */
const tolerance = 0.1;

/** The memory after each day: medians of the middle and of the last third of the days, in bytes. */
export interface Trend {
  middle: number;
  last: number;
  isFlat: boolean;
}

/**
 * Compares the second and the last third of a run; in the first, memory is still growing to its size. Returns undefined for a short
 * run.
 */
export function trendOf(days: readonly number[]): Trend | undefined {
  if (days.length < fewest) return undefined;
  const third = Math.floor(days.length / 3);
  const middle = median(days.slice(-2 * third, -third));
  const last = median(days.slice(-third));
  return { middle, last, isFlat: last <= middle * (1 + tolerance) };
}
