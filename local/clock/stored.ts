import { z } from 'zod';
import { storedJson } from '../services/stored-json.ts';
import type { CloudClock } from './cloud-clock.ts';

/** Milliseconds between two notes of a clock that runs ahead. */
const interval = 1_000;

/** Keeps how far the clock of a cloud is ahead: after a restart it must not go back behind what it has shown. */
export function rememberClock(file: string) {
  const stored = storedJson(file, z.object({ ahead: z.number() }), { ahead: 0 });

  function note(clock: CloudClock): void {
    // What it will have gained before the next note counts already; the process may be killed in between.
    const gain = Math.max(0, (clock.speed - 1) * interval * 2);
    stored.write({ ahead: Math.max(0, clock.now() - Date.now()) + gain });
  }

  return {
    ahead: stored.read().ahead,
    note,
    /** Notes it again and again while it runs faster. */
    follow(clock: CloudClock): () => void {
      const timer = setInterval(() => clock.speed > 1 && note(clock), interval).unref();
      return () => {
        clearInterval(timer);
        if (clock.now() - Date.now() > 1) note(clock);
      };
    },
  };
}
