import type { Clock } from '../../retry/clock.ts';

/** Time that also passes when somebody sleeps, at once, and when a test says so. */
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
