import type { Clock } from '../../retry/clock.ts';

/** A clock that moves only when the code sleeps, and when a test advances it: how fast the machine is changes nothing. */
export function testClock(): Clock & { pass(ms: number): void } {
  let time = Date.now();
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
    async wait(ms, signal) {
      signal?.throwIfAborted();
      time += Math.max(0, ms);
    },
  };
}
