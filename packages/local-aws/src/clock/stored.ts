import * as z from 'zod';
import { storedJson } from '../state/stored-json.ts';
import type { CloudClock } from './cloud-clock.ts';

/** Milliseconds between two writes while the clock runs fast. */
const interval = 1_000;

/** Stores how far the clock of a cloud is ahead, so that it does not go back after a restart. */
export function rememberClock(file: string) {
  const stored = storedJson(file, z.object({ ahead: z.number() }), { ahead: 0 });

  function note(clock: CloudClock): void {
    // Includes the gain until the next write, since the process can be killed before it.
    const gain = Math.max(0, (clock.speed - 1) * interval * 2);
    stored.write({ ahead: Math.max(0, clock.now() - Date.now()) + gain });
  }

  return {
    ahead: stored.read().ahead,
    note,
    /** Writes the value repeatedly while the clock runs fast. */
    follow(clock: CloudClock): () => void {
      const timer = setInterval(() => clock.speed > 1 && note(clock), interval).unref();
      return () => {
        clearInterval(timer);
        if (clock.now() - Date.now() > 1) note(clock);
      };
    },
  };
}
