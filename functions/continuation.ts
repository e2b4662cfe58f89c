/** A batch of work stopped before it was through; `next` is the first item that is still to do. */
export type BatchResult = { finished: true } | { finished: false; next: number };

/** Time that is kept back for writing what was done, in ms. */
const reserve = 15_000;

/** Reads a continuation token: the position of the next item. A foreign token starts from the first. */
export function positionOf(token: string | null | undefined, count: number): number {
  const position = Number(token ?? 0);
  return Number.isInteger(position) && position >= 0 && position <= count ? position : 0;
}

/**
 * Works through items one by one and stops while there is still time to answer: when the time left is below the
 * reserve and twice the slowest item so far.
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
    // The first item of a call is always done, or a call could end without any progress.
    if (position > from && left < reserve + 2 * slowest) return { finished: false, next: position };
    await work(item, position);
    slowest = Math.max(slowest, left - timeLeft());
  }
  return { finished: true };
}
