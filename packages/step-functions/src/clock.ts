/** The engine's clock, which tests and faster clocks replace. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `fire` once `now()` has reached `at` (ms since the epoch). Returns a function that cancels the timer. */
  setTimer(at: number, fire: () => void): () => void;
}

/** The longest delay of Node's timers, 2³¹ - 1 ms; a later deadline takes several timers. */
const longestTimerMs = 2 ** 31 - 1;

export const realClock: Clock = {
  now: () => Date.now(),
  setTimer(at, fire) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const left = at - Date.now();
      timer = setTimeout(
        () => (Date.now() >= at ? fire() : arm()),
        Math.min(Math.max(left, 0), longestTimerMs),
      );
    };
    arm();
    return () => clearTimeout(timer);
  },
};
