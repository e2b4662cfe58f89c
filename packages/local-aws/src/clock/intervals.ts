import { type CloudClock, createCloudClock } from './cloud-clock.ts';

/**
 * Runs the intervals of this process, such as a worker's heartbeat, on a clock that follows the cloud's. Timeouts keep
 * the machine's time, because they wait for real networks and programs.
 */
export function followWithIntervals(): CloudClock {
  const clock = createCloudClock();
  const { setInterval: machineInterval, clearInterval: machineClear } = globalThis;
  const cancels = new Map<NodeJS.Timeout, () => void>();

  function start(callback: (...args: unknown[]) => void, delay = 0, ...args: unknown[]): NodeJS.Timeout {
    // Like any interval, keeps the process alive until it is cleared or unref'd.
    const handle = machineInterval(() => {}, 2 ** 30);
    const next = () =>
      cancels.set(
        handle,
        clock.setTimer(clock.now() + Math.max(1, delay), () => {
          next();
          callback(...args);
        }),
      );
    next();
    return handle;
  }

  function clear(handle?: NodeJS.Timeout | string | number): void {
    const known = handle as NodeJS.Timeout;
    cancels.get(known)?.();
    cancels.delete(known);
    machineClear(handle);
  }

  Object.assign(globalThis, { setInterval: start, clearInterval: clear });
  return clock;
}
