import { SourceUnavailable } from '../../../domain/errors.ts';
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

/** Moments are told in whole seconds; a pause shorter than one would be none. */
const shortestPauseMs = 1000;

/**
 * When a 429 ends, by this machine's clock. X-RateLimit-Retry-After is the moment in seconds since 1970 (docs,
 * 2-limitations) by the service's clock, which the Date header tells; the usual Retry-After counts from now.
 */
export function retryAt({ headers }: Pick<WebAnswer, 'headers'>, now: number): number {
  const value = Number(headers['x-ratelimit-retry-after'] ?? headers['retry-after'] ?? Number.NaN);
  if (!Number.isFinite(value) || value < 0) return now + unnamedPauseMs;
  const theirNow = Date.parse(headers.date ?? '') || now;
  const wait = value > 1_000_000_000 ? value * 1000 - theirNow : value * 1000;
  return now + Math.max(wait, shortestPauseMs);
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
      await Promise.all(limiters.map((limiter) => limiter.pauseUntil(until)));
      pausedUntil = Math.max(pausedUntil, until);
    },
  };
}
export type Turns = ReturnType<typeof turnTaking>;

const tooLong = (until: number) =>
  new SourceUnavailable(`MangaDex takes no requests until ${new Date(until).toISOString()}`);
