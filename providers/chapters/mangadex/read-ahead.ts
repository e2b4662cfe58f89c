/**
 * Reads the items from `first` to `last` in order, with up to `ahead` of them in flight: enough to use the allowed rate over
 * a slow network, and a bound on memory. `signal` of the reads aborts when the reader stops.
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
        // Awaited in its turn; until then a failure must not count as unhandled.
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
