import { type RetryOptions, type RetryPolicy, retry } from '../../retry/retry.ts';
import { isTransient } from './api-error.ts';
import type { YouTubePorts } from './ports.ts';

/** A longer Retry-After ends the upload; the job's next attempt continues where it stopped. */
const youtubeBackoff = { backoffMs: 1000, maxBackoffMs: 64_000, maxRetryAfterMs: 300_000 } as const;

/** Retries a call of YouTube, with the waits of the job. The call has to be repeatable. */
export function retryCall<T>(
  attempt: () => Promise<T>,
  policy: Partial<RetryPolicy> & Pick<RetryPolicy, 'attempts'>,
  { now, wait }: Pick<YouTubePorts, 'now' | 'wait'>,
  options: RetryOptions = {},
): Promise<T> {
  const clock = { now: () => now().getTime(), wait };
  return retry(attempt, { ...youtubeBackoff, ...policy }, { isTransient, ...options, clock });
}
