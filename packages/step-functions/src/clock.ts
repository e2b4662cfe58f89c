/** Time as the engine sees it, so that a test or a faster clock can take its place. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fire` once `now()` has reached `at` (ms since the epoch); the answer cancels it. */
  setTimer(at: number, fire: () => void): () => void;
}

/** Node's timers hold 31 bits of milliseconds; a later deadline is reached in several steps. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(at, fire) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = at - Date.now();
      timer = setTimeout(
        () => (Date.now() >= at ? fire() : arm()),
        Math.min(Math.max(left, 0), LONGEST_TIMER_MS),
      );
    };
    arm();
    return () => clearTimeout(timer);
  },
};
