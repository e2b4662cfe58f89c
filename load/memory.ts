/** Fewer days say nothing: threads are still being started in the first ones. */
const fewest = 6;
/** By how much the memory of the last days may be above that of the days before them. */
const tolerance = 0.1;

/** What the memory after each day came to: medians of the middle and of the last third of the days, in bytes. */
export interface Trend {
  middle: number;
  last: number;
  isFlat: boolean;
}

/** Compares the thirds of a run, without the first, in which everything finds its size; nothing for a short run. */
export function trendOf(days: readonly number[]): Trend | undefined {
  if (days.length < fewest) return undefined;
  const third = Math.floor(days.length / 3);
  const middle = median(days.slice(-2 * third, -third));
  const last = median(days.slice(-third));
  return { middle, last, isFlat: last <= middle * (1 + tolerance) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
