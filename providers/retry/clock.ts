import { setTimeout as delay } from 'node:timers/promises';

/** The time and waiting for it. A test passes another one, so that fifteen minutes need not pass. */
export interface Clock {
  /** In ms. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}

/** Moments in ms since 1970, which other machines know too. */
export const systemClock: Clock = { now: Date.now, wait };

/** Measures spans only: it neither jumps nor is set. */
export const monotonicClock: Clock = { now: () => performance.now(), wait };
