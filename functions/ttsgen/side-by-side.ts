import pLimit from 'p-limit';
import type { BatchResult } from '../continuation.ts';

/** Time that is reserved for writing the results, in ms. */
const reserve = 15_000;

export interface SideBySide {
  /** Number of items in progress. */
  concurrency: number;
  /** Maximum duration of one item, in ms: nothing is started that might not end in time. */
  longestMs: number;
  /** Time left in the call, in ms. */
  timeLeft(): number;
}

/**
 * Handles several items in parallel, like `workThrough`: they start in order, and `next` is the first that was not
 * started. After a failure no other item starts; its error is thrown when those in progress have ended.
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
    // The first item of a call is always done, otherwise a call could end without progress.
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
