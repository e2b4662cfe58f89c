import { SourceUnavailable } from '../../../domain/errors.ts';
import type { Clock } from '../../retry/clock.ts';
import type { RateLimiter } from '../../retry/rate-limiter.ts';
import { retryAfterMs } from '../../retry/retry-after.ts';
import type { WebAnswer } from '../web-client.ts';

/**
 * The longest pause that is waited for: a window of MangaDex's limits and a little. A request that is told to come back
 * later fails, and is tried again. Eight of them still fit into the time of a function.
 */
const longestPauseMs = 70_000;
/** When a 429 does not say for how long: the longest window of MangaDex's limits. */
const unnamedPauseMs = 60_000;

/** Moments are told in whole seconds; a pause shorter than one would be none. */
const shortestPauseMs = 1000;
/** A storm of 429 is sat out for a while; then another call goes on. */
const maxPauses = 8;

/** When a 429 ends, by this machine's clock. */
export const retryAt = ({ headers }: Pick<WebAnswer, 'headers'>, now: number): number =>
  now + Math.max(retryAfterMs(headers, now) ?? unnamedPauseMs, shortestPauseMs);

/** Waiting for one's turn at a service, and for everybody's pause when it answers 429. */
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

  /** A 429 holds for all callers of the limiters. */
  async function pause(answer: WebAnswer, limiters: readonly RateLimiter[]): Promise<void> {
    const until = retryAt(answer, clock.now());
    if (until - clock.now() > longestPauseMs) throw tooLong(until);
    await Promise.all(limiters.map((limiter) => limiter.pauseUntil(until)));
    pausedUntil = Math.max(pausedUntil, until);
  }

  return {
    take,
    pause,

    /** Sends requests in turn. A 429 is waited out and the request repeated, up to eight times in all; then it is returned. */
    sender(limiters: readonly RateLimiter[], signal?: AbortSignal) {
      let pauses = 0;
      return async (send: () => Promise<WebAnswer>): Promise<WebAnswer> => {
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
  new SourceUnavailable(`MangaDex takes no requests until ${new Date(until).toISOString()}`);
