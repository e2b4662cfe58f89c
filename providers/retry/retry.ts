import pRetry from 'p-retry';
import { type Clock, monotonicClock } from './clock.ts';

/** A failure that a later attempt may not meet; `retryAfterMs` is what the service asked for. */
export class TransientError extends Error {
  override readonly name: string = 'TransientError';
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface RetryPolicy {
  /** At most, the first one included. */
  attempts: number;
  /** Before the second attempt, in ms; it doubles from then on. */
  backoffMs: number;
  /** The longest backoff, in ms. */
  maxBackoffMs?: number;
  /** For all attempts and waits together, in ms. */
  budgetMs?: number;
  /** The longest `Retry-After` that is waited for, in ms. */
  maxRetryAfterMs?: number;
}

export interface RetryOptions {
  signal?: AbortSignal | undefined;
  clock?: Clock;
  /** Whether another attempt may succeed; by default, whether it is a TransientError. */
  isTransient?: (error: unknown) => boolean;
  /** Called after each transient failure, with how many there were. */
  onFailure?: (error: Error, failures: number) => void;
}

/**
 * Returns what an attempt returns. After a transient failure it waits, for what the service asked or an exponential
 * backoff with jitter, whichever is longer, and tries again. Throws the last error when it is not transient, when the
 * attempts are used up, or when the wait would exceed the budget. An attempt is given what is left of the budget, in ms.
 */
export function retry<T>(
  attempt: (leftMs: number) => Promise<T>,
  policy: RetryPolicy,
  { signal, clock = monotonicClock, isTransient = isTransientError, onFailure }: RetryOptions = {},
): Promise<T> {
  const {
    attempts,
    budgetMs = Number.POSITIVE_INFINITY,
    maxRetryAfterMs = Number.POSITIVE_INFINITY,
  } = policy;
  const end = clock.now() + budgetMs;
  return pRetry(() => attempt(end - clock.now()), {
    retries: attempts - 1,
    // p-retry does not know of Retry-After: the whole wait is made in shouldRetry.
    minTimeout: 0,
    ...(signal && { signal }),
    onFailedAttempt({ error, attemptNumber }) {
      if (isTransient(error)) onFailure?.(error, attemptNumber);
    },
    async shouldRetry({ error, retriesConsumed }) {
      if (!isTransient(error)) return false;
      const asked = retryAfterOf(error);
      const wait = Math.max(asked, backoff(policy, retriesConsumed));
      if (asked > maxRetryAfterMs || clock.now() + wait >= end) return false;
      await clock.wait(wait, signal);
      return true;
    },
  });
}

const isTransientError = (error: unknown): boolean => error instanceof TransientError;

const retryAfterOf = (error: Error): number =>
  'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : 0;

/** Spread by a quarter to either side, so that callers that failed together do not come back together. */
const backoff = (
  { backoffMs, maxBackoffMs = Number.POSITIVE_INFINITY }: RetryPolicy,
  retries: number,
): number => Math.min(maxBackoffMs, backoffMs * 2 ** retries) * (0.75 + Math.random() / 2);
