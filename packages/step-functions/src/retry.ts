/** Retry: chooses the rule for an error and computes the delay. */

import { type Failure, matchesError } from './errors.ts';

/** No interval is longer, so that a long back-off stays a number: three years, while an execution lasts one at most. */
const longestSeconds = 99_999_999;

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  /** FULL: wait a random part of the delay. */
  readonly fullJitter: boolean;
}

/**
 * Returns the delay in milliseconds before attempt `retried + 1` of this rule: the interval grows by the back-off rate
 * with each retry, up to the maximum delay. `random` returns a number in [0, 1).
 */
export function retryDelay(retrier: Retrier, retried: number, random: () => number = Math.random): number {
  const growth = Math.min(retrier.backoffRate ** retried, Number.MAX_VALUE);
  const seconds = Math.min(retrier.intervalSeconds * growth, retrier.maxDelaySeconds ?? longestSeconds);
  return Math.round(seconds * 1000 * (retrier.fullJitter ? random() : 1));
}

/**
 * Returns the index of the first rule that matches the failure, or undefined when its attempts are used up. `attempts`
 * counts per rule.
 */
export function chooseRetrier(
  retriers: readonly Retrier[],
  attempts: readonly number[],
  failure: Failure,
  lateHeartbeat: boolean,
): number | undefined {
  const index = retriers.findIndex((retrier) => matchesError(retrier.errorEquals, failure, lateHeartbeat));
  const retrier = retriers[index];
  return retrier && (attempts[index] ?? 0) < retrier.maxAttempts ? index : undefined;
}
