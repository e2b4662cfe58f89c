/** Result of a batch. If it stopped early, `next` is the first item that is left. */
export type BatchResult = { finished: true } | { finished: false; next: number };

/** Time that is reserved for writing the results, in ms. */
const reserve = 15_000;

/** Reads a continuation token: the position of the next item. An invalid token starts from the first. */
export function positionOf(token: string | null | undefined, count: number): number {
  const position = Number(token ?? 0);
  return Number.isInteger(position) && position >= 0 && position <= count ? position : 0;
}

/**
 * Handles items one by one and stops while there is still time to return: when the time left is less than the reserve
 * and twice the slowest item so far.
 */
export async function workThrough<T>(
  items: readonly T[],
  from: number,
  timeLeft: () => number,
  work: (item: T, position: number) => Promise<void>,
): Promise<BatchResult> {
  let slowest = 0;
  for (const [position, item] of items.entries()) {
    if (position < from) continue;
    const left = timeLeft();
    // The first item of a call is always done, otherwise a call could end without progress.
    if (position > from && left < reserve + 2 * slowest) return { finished: false, next: position };
    await work(item, position);
    slowest = Math.max(slowest, left - timeLeft());
  }
  return { finished: true };
}
