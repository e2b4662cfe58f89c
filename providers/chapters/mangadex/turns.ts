import { SourceUnavailable } from '../../../domain/errors.ts';
import type { Clock } from '../../retry/clock.ts';
import type { RateLimiter } from '../../retry/rate-limiter.ts';
import { retryAfterMs } from '../../retry/retry-after.ts';
import type { WebResponse } from '../web-client.ts';

/**
 * Longest pause to wait for: a window of MangaDex's limits and a little more. A request that has to wait longer fails, and is
 * retried by the state machine. Eight such pauses fit into the time of a function.
 */
const longestPauseMs = 70_000;
/** Pause after a 429 without a duration: the longest window of MangaDex's limits. */
const unnamedPauseMs = 60_000;

/** Times are given in whole seconds, so a pause shorter than one could be no pause. */
const shortestPauseMs = 1000;
/** Number of pauses that a call waits for; then a later call continues. */
const maxPauses = 8;

/** Returns when a 429 ends, by this machine's clock. */
export const retryAt = ({ headers }: Pick<WebResponse, 'headers'>, now: number): number =>
  now + Math.max(retryAfterMs(headers, now) ?? unnamedPauseMs, shortestPauseMs);

/** Waits for a turn at a service, and for a common pause after a 429. */
export function turnTaking(clock: Clock) {
  let pausedUntil = 0;

  /** Waits for a turn of each limiter. */
  async function take(limiters: readonly RateLimiter[], signal?: AbortSignal): Promise<void> {
    do {
      const turns = await Promise.all(limiters.map((limiter) => limiter.reserve()));
      const mine = Math.max(...turns);
      if (mine - clock.now() > longestPauseMs) throw tooLong(mine);
      await clock.wait(mine - clock.now(), signal);
      // A request that waited for a turn before the pause takes another one.
    } while (clock.now() < pausedUntil);
  }

  /** Pauses all callers of the limiters after a 429. */
  async function pause(answer: WebResponse, limiters: readonly RateLimiter[]): Promise<void> {
    const until = retryAt(answer, clock.now());
    if (until - clock.now() > longestPauseMs) throw tooLong(until);
    await Promise.all(limiters.map((limiter) => limiter.pauseUntil(until)));
    pausedUntil = Math.max(pausedUntil, until);
  }

  return {
    take,
    pause,

    /**
     * Sends requests in turn. After a 429 it waits and repeats the request, up to eight times in all; then returns the
     * 429.
     */
    sender(limiters: readonly RateLimiter[], signal?: AbortSignal) {
      let pauses = 0;
      return async (send: () => Promise<WebResponse>): Promise<WebResponse> => {
        for (;;) {
          await take(limiters, signal);
          const answer = await send();
          if (answer.status !== 429) return answer;
          await pause(answer, limiters);
          pauses += 1;
          if (pauses >= maxPauses) return answer;
        }
      };
    },
  };
}
export type Turns = ReturnType<typeof turnTaking>;

const tooLong = (until: number) =>
  new SourceUnavailable(`MangaDex accepts no requests until ${new Date(until).toISOString()}`);
