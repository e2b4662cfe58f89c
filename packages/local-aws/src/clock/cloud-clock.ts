import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from 'step-functions-local';
import { type Reading, sharedReading, timeAt } from './reading.ts';

/** Machines that follow the clock, so that their own timers keep up with it. */
export interface Follower {
  /** Passes on the reading. Resolves when everything that was due for the follower is done. */
  follow(reading: Reading): Promise<void>;
  /** Returns whether there is any follower. */
  isThere(): boolean;
  /** Returns whether any of them does more than wait for time to pass. */
  isAtWork(): boolean;
}

export interface CloudClockOptions {
  /** Milliseconds by which the clock is ahead at the start. It never goes back, even over a restart. */
  ahead?: number;
  speed?: number;
  /** Returns whether work is in progress that a jump should wait for. */
  isBusy?(): boolean;
  follower?: Follower;
  /** Called after each change of speed and after each jump. */
  onChange?(clock: CloudClock): void;
}

export interface CloudClock extends Clock {
  /** The memory from which threads read the time. */
  readonly buffer: SharedArrayBuffer;
  readonly reading: Reading;
  /** Seconds that pass per second while nothing works. */
  readonly speed: number;
  setSpeed(speed: number): void;
  /**
   * Skips a number of milliseconds. Everything due in them happens in order, each at its own time. Time that something works
   * is not skipped: the jump waits for functions, machines and debuggers, meanwhile the clock runs as usual. With `overWork`
   * it continues in steps that leave room for heartbeats, so that what works can reach its time limits. Rejects a time that
   * no Date can have, and when the clock is closed meanwhile.
   */
  jump(milliseconds: number, options?: { overWork?: boolean }): Promise<void>;
  /** Stops the clock until the returned function is called; used while a debugger pauses a function. */
  hold(): () => void;
  /** Limits the clock to real time until the returned function is called; used while a function works. */
  work(): () => void;
  /** Follows the clock of another process of this machine. */
  follow(reading: Reading): void;
  close(): void;
}

/** The machine's time, even when Date already shows the cloud's. */
const machineNow = Date.now.bind(Date);
const longestTimer = 2 ** 31 - 1;
/** The last time that a Date can have. */
const lastTime = 8.64e15;
/** Milliseconds per step of a jump while machines run, so that their heartbeats fall in between. */
const stepWithFollowers = 20_000;
/** Idle turns of 4 ms after which the next timer can fire. */
const quietTurns = 3;
/** Total milliseconds that a jump over work waits for it, so that work that hangs does not stop it. */
const patience = 3_000;
/**
 * Turns of 4 ms without any work after which a jump takes the cloud for idle. A call of a task takes several turns to become a
 * request, and turns, unlike milliseconds, do not pass while a busy machine runs other processes.
 */
const idleTurns = 25;
/** Milliseconds that a jump waits for requests when nothing that could have sent them works. */
const requestPatience = 10_000;

/** Creates the clock of a cloud: real time until it is sped up, moved or stopped. */
export function createCloudClock(options: CloudClockOptions = {}): CloudClock {
  const { isBusy = () => false, follower, onChange = () => {} } = options;
  const shared = sharedReading();
  const timers = new Set<{ at: number; fire: () => void }>();
  let speed = options.speed ?? 1;
  let held = 0;
  let working = 0;
  let jumping = 0;
  let isClosed = false;
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

  /** Applies the current speed. */
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

  function timeAfter(milliseconds: number): number {
    const time = now() + milliseconds;
    if (time <= lastTime) return time;
    throw new RangeError(`no date is ${milliseconds} ms after the time of the cloud`);
  }

  /** Waits a moment for what works; throws once the clock is closed. */
  async function pause(): Promise<void> {
    await wait(4);
    if (isClosed) throw new Error('the clock was closed during a jump');
  }

  /** Skips the time in which nothing works. */
  async function leapWhileIdle(milliseconds: number): Promise<void> {
    const target = timeAfter(milliseconds);
    for (;;) {
      await idle();
      if (now() >= target) break;
      const step = follower?.isThere() ? now() + stepWithFollowers : target;
      set(Math.max(now(), Math.min(target, step, earliest())));
      fireDue();
      await follower?.follow(reading);
    }
    onChange(clock);
  }

  async function idle(): Promise<void> {
    let workedAt = performance.now();
    for (let quiet = 0; quiet < idleTurns; ) {
      await pause();
      const works = working > 0 || held > 0 || (follower?.isAtWork() ?? false);
      if (works) workedAt = performance.now();
      const waits = isBusy() && performance.now() - workedAt < requestPatience;
      quiet = works || waits ? 0 : quiet + 1;
    }
  }

  async function leapOverWork(milliseconds: number): Promise<void> {
    const target = timeAfter(milliseconds);
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
      await pause();
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
        // After the last timer, cancel the machine's timer, which would keep a finished machine alive for seconds.
        if (timers.delete(timer) && timers.size === 0) arm();
      };
    },
    setSpeed(wanted) {
      speed = wanted;
      repace();
      onChange(clock);
    },
    jump(milliseconds, { overWork = false } = {}) {
      const mine = turn.then(() => (overWork ? leapOverWork(milliseconds) : leapWhileIdle(milliseconds)));
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
      isClosed = true;
      clearTimeout(armed);
      timers.clear();
    },
  };
  set(reading.shown);
  return clock;
}
