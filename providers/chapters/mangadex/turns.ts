import { SourceUnavailable } from '../chapter-source.ts';
import type { WebAnswer } from '../web-client.ts';
import type { Clock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * A pause that is asked for is kept up to this long, a window of MangaDex's limits and a little; whoever is told to
 * come back later ends, and is tried again. Eight of them still fit into the time of a function.
 */
const longestPauseMs = 70_000;
/** When a 429 does not say for how long: the longest window of MangaDex's limits. */
const unnamedPauseMs = 60_000;

/**
 * X-RateLimit-Retry-After is the moment at which the limit ends, in seconds since 1970 (docs, 2-limitations); the
 * usual Retry-After is a number of seconds from now.
 */
export function retryAt({ headers }: Pick<WebAnswer, 'headers'>, now: number): number {
  const value = Number(headers['x-ratelimit-retry-after'] ?? headers['retry-after'] ?? Number.NaN);
  if (!Number.isFinite(value) || value < 0) return now + unnamedPauseMs;
  return value > 1_000_000_000 ? Math.max(now, value * 1000) : now + value * 1000;
}

/** Waiting for one's turn at a service, and for everybody's pause when it answers 429. */
export function turnTaking(clock: Clock) {
  let pausedUntil = 0;
  return {
    /** Waits for a turn of each limiter. */
    async take(limiters: readonly RateLimiter[], signal?: AbortSignal): Promise<void> {
      do {
        const turns = await Promise.all(limiters.map((limiter) => limiter.reserve()));
        const mine = Math.max(...turns);
        if (mine - clock.now() > longestPauseMs) throw tooLong(mine);
        await clock.sleepUntil(mine, signal);
        // Whoever was waiting for a turn from before the pause takes another one.
      } while (clock.now() < pausedUntil);
    },

    /** A 429 holds for all callers of the limiters. */
    async pause(answer: WebAnswer, limiters: readonly RateLimiter[]): Promise<void> {
      const until = retryAt(answer, clock.now());
      if (until - clock.now() > longestPauseMs) throw tooLong(until);
      pausedUntil = Math.max(pausedUntil, until);
      await Promise.all(limiters.map((limiter) => limiter.pauseUntil(until)));
    },
  };
}
export type Turns = ReturnType<typeof turnTaking>;

const tooLong = (until: number) =>
  new SourceUnavailable(`MangaDex takes no requests until ${new Date(until).toISOString()}`);
