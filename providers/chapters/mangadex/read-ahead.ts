/**
 * Reads the items from `first` to `last` in order, with up to `ahead` of them underway at once: enough to use an
 * allowed rate over a slow network, and a bound on memory. `signal` of the reads aborts when the reader leaves.
 */
export async function* readAhead<T>(
  first: number,
  last: number,
  ahead: number,
  read: (item: number, signal: AbortSignal) => Promise<T>,
): AsyncGenerator<T> {
  const leaving = new AbortController();
  const underway: Promise<T>[] = [];
  let next = first;
  try {
    while (next <= last || underway.length > 0) {
      while (next <= last && underway.length < ahead) {
        const reading = read(next, leaving.signal);
        // It is awaited in its turn; until then its failure is nobody's.
        reading.catch(() => undefined);
        underway.push(reading);
        next += 1;
      }
      const oldest = underway.shift();
      if (oldest) yield await oldest;
    }
  } finally {
    leaving.abort();
    await Promise.allSettled(underway);
  }
}
