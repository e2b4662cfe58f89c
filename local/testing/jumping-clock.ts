import type { Clock } from 'step-functions-local';

const tickMs = 3;
const quietTicks = 6;

/** Returns a clock that stands still while anything happens, and otherwise jumps to the next time at which timers end, and ends all of them. */
export function jumpingClock(isBusy: () => boolean): Clock & { stop(): void } {
  let now = Date.parse('2026-02-07T10:00:00Z');
  const timers = new Map<() => void, number>();
  let quiet = 0;
  let lastTick = performance.now();
  const interval = setInterval(() => {
    // A late tick means that something else used the processor, possibly work that would make us busy.
    const late = performance.now() - lastTick > 2 * tickMs;
    lastTick = performance.now();
    quiet = late || isBusy() ? 0 : quiet + 1;
    const next = Math.min(...timers.values());
    if (quiet < quietTicks || next === Number.POSITIVE_INFINITY) return;
    quiet = 0;
    now = Math.max(now, next);
    for (const [fire, at] of [...timers].sort(([, a], [, b]) => a - b)) {
      if (at > now || !timers.delete(fire)) continue;
      fire();
    }
  }, tickMs);
  return {
    now: () => now,
    setTimer(at, fire) {
      const entry = () => fire();
      timers.set(entry, at);
      return () => timers.delete(entry);
    },
    stop: () => clearInterval(interval),
  };
}
