import { setTimeout as delay } from 'node:timers/promises';

/** The time, and waiting for it. A test passes another one, so that fifteen minutes do not have to pass. */
export interface Clock {
  /** Returns the time in ms. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}

/** Times in ms since 1970, comparable between machines. */
export const systemClock: Clock = { now: Date.now, wait };

/** Measures durations only: it never jumps and can't be set. */
export const monotonicClock: Clock = { now: () => performance.now(), wait };
