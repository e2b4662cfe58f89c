import pRetry from 'p-retry';
import { type Clock, monotonicClock } from './clock.ts';

/** A failure that a later attempt can avoid; `retryAfterMs` is the wait that the service asked for. */
export class TransientError extends Error {
  override readonly name: string = 'TransientError';
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface RetryPolicy {
  /** Maximum number of attempts, including the first. */
  attempts: number;
  /** Wait before the second attempt, in ms; it doubles with each further one. */
  backoffMs: number;
  /** Longest backoff, in ms. */
  maxBackoffMs?: number;
  /** Limit for all attempts and waits together, in ms. */
  budgetMs?: number;
  /** Longest `Retry-After` to wait for, in ms. */
  maxRetryAfterMs?: number;
}

export interface RetryOptions {
  signal?: AbortSignal | undefined;
  clock?: Clock;
  /** Whether another attempt can succeed; by default, whether it is a TransientError. */
  isTransient?: (error: unknown) => boolean;
  /** Called after each transient failure, with the number of failures so far. */
  onFailure?: (error: Error, failures: number) => void;
}

/**
 * Returns the result of an attempt. After a transient failure it waits, for the time that the service asked for or an
 * exponential backoff with jitter, whichever is longer, and tries again. Throws the last error if it is not transient, if the
 * attempts are used up, or if the budget is not enough for the wait and an attempt. An attempt gets the remaining budget in ms.
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
    // p-retry does not support Retry-After, so the whole wait is made in shouldRetry.
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
      // An attempt with less time than the shortest wait would only hide the last error behind a timeout.
      return end - clock.now() >= policy.backoffMs;
    },
  });
}

const isTransientError = (error: unknown): boolean => error instanceof TransientError;

const retryAfterOf = (error: Error): number =>
  'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : 0;

/** Adds a jitter of a quarter to either side, so that callers that failed together do not retry together. */
const backoff = (
  { backoffMs, maxBackoffMs = Number.POSITIVE_INFINITY }: RetryPolicy,
  retries: number,
): number => Math.min(maxBackoffMs, backoffMs * 2 ** retries) * (0.75 + Math.random() / 2);
