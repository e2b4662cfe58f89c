import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from 'step-functions-local';
import { type Reading, sharedReading, timeAt } from './reading.ts';

/** What the machines of a cloud do with the clock: their own timers must keep up with it. */
export interface Follower {
  /** Hands the reading on; ends when whatever was due for it is done. */
  follow(reading: Reading): Promise<void>;
  /** Whether anybody follows at all. */
  isThere(): boolean;
}

export interface CloudClockOptions {
  /** Milliseconds that the clock is ahead at the start: it never goes back, also not over a restart. */
  ahead?: number;
  speed?: number;
  /** Whether something is going on that a jump should not leap over. */
  isBusy?(): boolean;
  follower?: Follower;
  /** Told after each change of its pace, and after a jump. */
  onChange?(clock: CloudClock): void;
}

export interface CloudClock extends Clock {
  /** The memory in which threads find the reading. */
  readonly buffer: SharedArrayBuffer;
  readonly reading: Reading;
  /** How fast it runs while nothing works: seconds in a second. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /** Lets so many milliseconds pass at once. What falls due in them happens in its order, each at its own time. */
  jump(milliseconds: number): Promise<void>;
  /** Stands still until the answer is called: somebody looks at a function with a debugger. */
  hold(): () => void;
  /** Goes at most as fast as the machine's until the answer is called: a function does real work. */
  work(): () => void;
  /** Goes as another clock does, in another process of this machine. */
  follow(reading: Reading): void;
  close(): void;
}

/** The machine's own time, also where Date shows the cloud's by now. */
const machineNow = Date.now.bind(Date);
const longestTimer = 2 ** 31 - 1;
/** Milliseconds that a jump passes at once while machines run: their heartbeats must fall between. */
const stepWithFollowers = 20_000;
/** Turns of 4 ms without anything going on, after which the next timer may come. */
const quietTurns = 3;
/** Milliseconds that a jump waits in all for what is going on; what hangs must not stop it. */
const patience = 3_000;

/** The one clock of a cloud: real time, until somebody makes it faster, jumps, or stops it. */
export function createCloudClock(options: CloudClockOptions = {}): CloudClock {
  const { isBusy = () => false, follower, onChange = () => {} } = options;
  const shared = sharedReading();
  const timers = new Set<{ at: number; fire: () => void }>();
  let speed = options.speed ?? 1;
  let held = 0;
  let working = 0;
  let jumping = 0;
  let armed: NodeJS.Timeout | undefined;
  let armedFor = Number.POSITIVE_INFINITY;
  let reading: Reading = { real: machineNow(), shown: machineNow() + (options.ahead ?? 0), rate: speed };
  let turn: Promise<unknown> = Promise.resolve();

  const now = () => timeAt(reading, machineNow());
  const rate = () => (held > 0 || jumping > 0 ? 0 : working > 0 ? Math.min(1, speed) : speed);

  function set(shown: number): void {
    reading = { real: machineNow(), shown, rate: rate() };
    shared.write(reading);
    arm();
  }

  /** Goes on at the pace that holds now. */
  function repace(): void {
    if (rate() === reading.rate) return;
    set(now());
    void follower?.follow(reading);
  }

  function earliest(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { at } of timers) if (at < first) first = at;
    return first;
  }

  function arm(): void {
    clearTimeout(armed);
    armedFor = earliest();
    if (armedFor === Number.POSITIVE_INFINITY || reading.rate === 0) return;
    const left = (armedFor - now()) / reading.rate;
    armed = setTimeout(fireDue, Math.min(Math.max(Math.ceil(left), 0), longestTimer));
  }

  function fireDue(): void {
    const due = [...timers].filter(({ at }) => at <= now()).sort((one, other) => one.at - other.at);
    for (const timer of due) if (timers.delete(timer)) timer.fire();
    arm();
  }

  async function leap(milliseconds: number): Promise<void> {
    const target = now() + milliseconds;
    const giveUp = performance.now() + patience;
    jumping += 1;
    set(now());
    try {
      while (now() < target) {
        await settle(giveUp);
        const step = follower?.isThere() ? now() + stepWithFollowers : target;
        set(Math.max(now(), Math.min(target, step, earliest())));
        fireDue();
        await follower?.follow(reading);
      }
      await settle(giveUp);
    } finally {
      jumping -= 1;
      set(now());
      await follower?.follow(reading);
      onChange(clock);
    }
  }

  async function settle(giveUp: number): Promise<void> {
    for (let quiet = 0; quiet < quietTurns; ) {
      await wait(4);
      quiet = isBusy() && performance.now() < giveUp ? 0 : quiet + 1;
    }
  }

  const counted = (change: (by: number) => void) => () => {
    let ended = false;
    change(1);
    repace();
    return () => {
      if (ended) return;
      ended = true;
      change(-1);
      repace();
    };
  };

  const clock: CloudClock = {
    buffer: shared.buffer,
    get reading() {
      return reading;
    },
    get speed() {
      return speed;
    },
    now,
    setTimer(at, fire) {
      const timer = { at, fire };
      timers.add(timer);
      if (at < armedFor) arm();
      return () => {
        // The last one takes the machine's own timer with it, which would keep a finished machine up for seconds.
        if (timers.delete(timer) && timers.size === 0) arm();
      };
    },
    setSpeed(wanted) {
      speed = wanted;
      repace();
      onChange(clock);
    },
    jump(milliseconds) {
      const mine = turn.then(() => leap(milliseconds));
      turn = mine.catch(() => {});
      return mine;
    },
    hold: counted((by) => {
      held += by;
    }),
    work: counted((by) => {
      working += by;
    }),
    follow(other) {
      reading = other;
      shared.write(reading);
      fireDue();
    },
    close() {
      clearTimeout(armed);
      timers.clear();
    },
  };
  set(reading.shown);
  return clock;
}
