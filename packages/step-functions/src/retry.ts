/** Retry: which rule takes an error, and how long it waits. */

import { matchesError } from './errors.ts';

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
 * Delay before attempt `retried + 1` of this rule, in milliseconds: the interval grows by the back-off rate with each
 * retry already made, up to the longest delay. `random` gives a number in [0, 1).
 */
export function retryDelay(retrier: Retrier, retried: number, random: () => number = Math.random): number {
  const seconds = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** retried,
    retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return Math.round(seconds * 1000 * (retrier.fullJitter ? random() : 1));
}

/**
 * The first rule that covers the error decides; when its attempts are used up nothing is retried. `attempts` counts
 * per rule. Gives the rule's index.
 */
export function chooseRetrier(
  retriers: readonly Retrier[],
  attempts: readonly number[],
  error: string,
  lateHeartbeat: boolean,
): number | undefined {
  const index = retriers.findIndex((retrier) => matchesError(retrier.errorEquals, error, lateHeartbeat));
  const retrier = retriers[index];
  return retrier && (attempts[index] ?? 0) < retrier.maxAttempts ? index : undefined;
}
