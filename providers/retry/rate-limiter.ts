/**
 * Hands out evenly spaced start times of requests to all callers that share it: of a process, or of a whole deployment if it
 * keeps its one number in a table. Even spacing has no bursts, so no window of a second has more than its share.
 */
export interface RateLimiter {
  /** Takes the next turn, in ms since 1970; the caller waits until then. An unused turn is lost. */
  reserve(): Promise<number>;
  /** Handles a pause that the service asked for: no turn is before `until`. */
  pauseUntil(until: number): Promise<void>;
}

/** A limiter for callers in one process, which can also return the next turn without taking it. */
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
