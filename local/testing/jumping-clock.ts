import type { Clock } from 'step-functions-local';

const tickMs = 3;
const quietTicks = 6;

/** Returns a clock that stands still while anything happens, and otherwise jumps to the next timer. */
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
    const next = [...timers].sort(([, a], [, b]) => a - b)[0];
    if (quiet < quietTicks || !next) return;
    const [fire, at] = next;
    quiet = 0;
    timers.delete(fire);
    now = Math.max(now, at);
    fire();
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
