import { systemClock as clock } from '../../retry/clock.ts';
import { memoryRateLimiter } from '../../retry/rate-limiter.ts';
import { retry, TransientError } from '../../retry/retry.ts';
import { failureOf } from './call-failure.ts';
import type { LlmSettings } from './settings.ts';

/** The endpoint gave no reply within the time and the attempts of a page. */
export class ModelUnavailable extends Error {
  override readonly name = 'ModelUnavailable';

  constructor(reason: string) {
    super(`The model's endpoint gave no reply: ${reason}`);
  }
}

type CallSettings = Pick<LlmSettings, 'attempts' | 'firstRetryMs' | 'callTimeoutMs' | 'requestsPerMinute'>;

/** Makes calls with retries, at a pace that all pages share: if one page has to wait, so do the others. */
export function createModelCaller(settings: CallSettings) {
  const { attempts, firstRetryMs: backoffMs, callTimeoutMs, requestsPerMinute } = settings;
  const pace = memoryRateLimiter(requestsPerMinute > 0 ? 60_000 / requestsPerMinute : 0);

  /**
   * @param deadline epoch in ms, after which there are no more attempts
   * @throws ModelUnavailable, RequestRefused, or ConfigurationError when no request can ever succeed
   */
  return async function callModel<T>(
    deadline: number,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    let reason = 'the page had no time left';

    async function attempt(): Promise<T> {
      // A turn that can't be used is left to other callers.
      if (pace.next() >= deadline) throw new ModelUnavailable(reason);
      await clock.wait((await pace.reserve()) - clock.now());
      const left = Math.max(1, deadline - clock.now());
      try {
        return await call(AbortSignal.timeout(Math.min(left, callTimeoutMs)));
      } catch (error) {
        const failure = failureOf(error);
        if (failure instanceof TransientError) {
          reason = failure.message;
          if (failure.retryAfterMs !== undefined) await pace.pauseUntil(clock.now() + failure.retryAfterMs);
        }
        throw failure;
      }
    }

    try {
      const budgetMs = Math.max(0, deadline - clock.now());
      return await retry(attempt, { attempts, backoffMs, budgetMs }, { clock });
    } catch (error) {
      throw error instanceof TransientError ? new ModelUnavailable(reason) : error;
    }
  };
}
