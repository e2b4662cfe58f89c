/**
 * Hands out the moments at which requests may start, evenly spaced, to everybody who shares it: all calls of a
 * process, or all of a deployment when it keeps its one number in a table. Even spacing has no bursts, so no window
 * of a second holds more than its share.
 */
export interface RateLimiter {
  /** Takes the next moment, in ms since 1970; the caller waits until then. One that isn't used is lost. */
  reserve(): Promise<number>;
  /** The service asked for a pause: no moment before `until` is handed out any more. */
  pauseUntil(until: number): Promise<void>;
}

/** A limiter for callers inside one process, which can also be asked for the next moment without taking it. */
export interface MemoryRateLimiter extends RateLimiter {
  next(): number;
}

export function memoryRateLimiter(spacingMs: number, now: () => number = Date.now): MemoryRateLimiter {
  let free = Number.NEGATIVE_INFINITY;
  const next = () => Math.max(free, now());
  return {
    next,
    async reserve() {
      const mine = next();
      free = mine + spacingMs;
      return mine;
    },
    async pauseUntil(until) {
      free = Math.max(free, until);
    },
  };
}
