import pLimit from 'p-limit';

/** Requests to the bucket at the same time: one costs a round trip, whatever its size. */
export const requestsAtOnce = 8;

/**
 * Handles items in parallel and returns the results in their order. After a failure or an abort no other item starts; the
 * first error is thrown when those in progress have ended, so that nothing is written afterwards.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  { signal, atOnce }: { signal: AbortSignal; atOnce: number },
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  let failure: { error: unknown } | undefined;
  const results = await pLimit(atOnce).map(items, async (item) => {
    if (failure || signal.aborted) return undefined;
    try {
      return await work(item);
    } catch (error) {
      failure ??= { error };
      return undefined;
    }
  });
  signal.throwIfAborted();
  if (failure) throw failure.error;
  return results as R[];
}
