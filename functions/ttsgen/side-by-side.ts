import type { BatchResult } from '../continuation.ts';

/** Time that is kept back for writing what was done, in ms. */
const reserve = 15_000;

export interface SideBySide {
  /** Items under way at once. */
  lanes: number;
  /** The longest that one item may take, in ms: none is begun that might not end in time. */
  patienceMs: number;
  /** What is left of the call's time, in ms. */
  timeLeft(): number;
}

/**
 * As `workThrough`, several items at once: they begin in order, and `next` is the first that was not begun. When one
 * fails no other is begun; its error is thrown when those under way have ended.
 */
export async function workSideBySide<T>(
  items: readonly T[],
  from: number,
  { lanes, patienceMs, timeLeft }: SideBySide,
  work: (item: T) => Promise<void>,
): Promise<BatchResult> {
  let next = from;
  let slowest = 0;
  let failure: { error: unknown } | undefined;

  async function lane(): Promise<void> {
    while (!failure) {
      const item = items[next];
      const left = timeLeft();
      // The first item of a call is always done, or a call could end without any progress.
      const hasTime = next === from || left >= reserve + Math.max(2 * slowest, patienceMs);
      if (item === undefined || !hasTime) return;
      next++;
      try {
        await work(item);
      } catch (error) {
        failure ??= { error };
      }
      slowest = Math.max(slowest, left - timeLeft());
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure) throw failure.error;
  return next < items.length ? { finished: false, next } : { finished: true };
}
