import pLimit from 'p-limit';
import { type Clock, monotonicClock } from '../retry/clock.ts';
import { memoryRateLimiter } from '../retry/rate-limiter.ts';
import { type RetryPolicy, retry, TransientError } from '../retry/retry.ts';
import { VoiceUnavailable } from './voice.ts';

export interface CallSettings {
  /** Parallel utterances; a service throttles for minutes after too many. */
  concurrency?: number;
  retry?: RetryPolicy & { budgetMs: number };
  /** Utterances begin at this rate at most; without it as they come. */
  requestsPerMinute?: number;
}

/** Suits a service whose series of 429 last for seconds; after a minute another voice takes over. */
const usualRetry = { attempts: 5, backoffMs: 1_000, budgetMs: 60_000 } as const;

/** The calls of one voice to its service: limited, retried, and ended together. */
export function serviceCalls(
  { concurrency = 4, retry: policy = usualRetry, requestsPerMinute = Number.POSITIVE_INFINITY }: CallSettings,
  clock: Clock = monotonicClock,
) {
  const limit = pLimit(concurrency);
  const closing = new AbortController();
  const { signal } = closing;
  const spacingMs = 60_000 / requestsPerMinute;
  const pace = memoryRateLimiter(spacingMs, clock.now);
  return {
    concurrency,
    /** Time that an utterance takes at most, in ms: the others have their turns before it. */
    longestMs: policy.budgetMs + concurrency * spacingMs,
    policy,
    /** Aborts when the voice is closed. */
    signal,
    /**
     * Returns the result of an attempt, which gets the remaining time in ms. `unavailable` says for people that no attempt
     * succeeded, with the reason of the last one.
     */
    async make<T>(
      attempt: (left: number) => Promise<T>,
      unavailable: (reason: string) => string,
    ): Promise<T> {
      try {
        return await limit(async () => {
          await clock.wait((await pace.reserve()) - clock.now(), signal);
          return retry(attempt, policy, { signal, clock });
        });
      } catch (error) {
        if (error instanceof TransientError)
          throw new VoiceUnavailable(unavailable(error.message), { cause: error });
        throw error;
      }
    },
    close: () => closing.abort(new VoiceUnavailable('The voice was closed')),
  };
}
