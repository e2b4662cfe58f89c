import pLimit from 'p-limit';
import type { BatchResult } from '../continuation.ts';

/** Time that is kept back for writing what was done, in ms. */
const reserve = 15_000;

export interface SideBySide {
  /** Items under way at once. */
  concurrency: number;
  /** The longest that one item may take, in ms: none is begun that might not end in time. */
  longestMs: number;
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
  { concurrency, longestMs, timeLeft }: SideBySide,
  work: (item: T) => Promise<void>,
): Promise<BatchResult> {
  let next = from;
  let slowest = 0;
  let isTimeUp = false;
  let failure: { error: unknown } | undefined;

  await pLimit(concurrency).map(items.slice(from), async (item) => {
    const left = timeLeft();
    // The first item of a call is always done, or a call could end without any progress.
    isTimeUp ||= next > from && left < reserve + Math.max(2 * slowest, longestMs);
    if (failure || isTimeUp) return;
    next++;
    try {
      await work(item);
    } catch (error) {
      failure ??= { error };
    }
    slowest = Math.max(slowest, left - timeLeft());
  });

  if (failure) throw failure.error;
  return next < items.length ? { finished: false, next } : { finished: true };
}
