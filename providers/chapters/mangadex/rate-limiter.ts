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

/**
 * The two limits of MangaDex, as spacing in ms: 5 requests a second, 40 at-home calls a minute (docs,
 * 2-limitations). A fortieth is left free for requests that overtake each other on their way.
 */
export const mangadexSpacing = { requests: (1000 / 5) * 1.025, atHome: (60_000 / 40) * 1.025 } as const;

/** Both are taken for an at-home call; the first alone for everything else. */
export interface MangaDexLimiters {
  requests: RateLimiter;
  atHome: RateLimiter;
}

/** For callers inside one process. */
export function memoryRateLimiter(spacingMs: number, now: () => number = Date.now): RateLimiter {
  let next = Number.NEGATIVE_INFINITY;
  return {
    async reserve() {
      const mine = Math.max(next, now());
      next = mine + spacingMs;
      return mine;
    },
    async pauseUntil(until) {
      next = Math.max(next, until);
    },
  };
}
