import { setTimeout as delay } from 'node:timers/promises';

/** Moments in ms since 1970. A test gives its own, so that fifteen minutes need not pass. */
export interface Clock {
  now(): number;
  /** Rejects when the signal aborts. */
  sleepUntil(moment: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  async sleepUntil(moment, signal) {
    const ms = moment - Date.now();
    if (ms > 0) await delay(ms, undefined, signal ? { signal } : {});
  },
};
