import type { Clock } from '../../retry/clock.ts';

/** A clock that moves immediately when the code sleeps, and when a test advances it. */
export function testClock(): Clock & { pass(ms: number): void } {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  return {
    now,
    pass: (ms) => {
      ahead += ms;
    },
    async wait(ms, signal) {
      signal?.throwIfAborted();
      ahead += Math.max(0, ms);
    },
  };
}
