import { ClockAction, moveClock } from '../actions/clock.ts';
import type { Control } from '../control/control.ts';
import type { Journal } from '../journal.ts';
import { type CloudClock, createCloudClock, type Follower } from './cloud-clock.ts';
import { rememberClock } from './stored.ts';

interface Options {
  /** File that stores how far the clock is ahead. */
  file: string;
  speed: number | undefined;
  control: Control;
  journal: Journal;
  /** Number of requests in progress, including those to the clock. */
  underWay(): number;
  follower: Follower;
}

/**
 * Starts the clock of a cloud, which continues from its last time, and offers the action that moves it. Also returns a
 * function that stops it.
 */
export function startClock({ file, speed, control, journal, underWay, follower }: Options) {
  const remembered = rememberClock(file);
  let asked = 0;
  const shown = () => ({ now: new Date(clock.now()).toISOString(), speed: clock.speed });
  const clock: CloudClock = createCloudClock({
    ahead: remembered.ahead,
    ...(speed !== undefined && { speed }),
    // The request that moves the clock waits for it, so it must not count as running work.
    isBusy: () => underWay() > asked,
    follower,
    onChange() {
      remembered.note(clock);
      journal.write('clock', shown());
    },
  });
  const endNotes = remembered.follow(clock);
  control.add('clock', ClockAction, async (action) => {
    asked += 1;
    await moveClock(clock, action).finally(() => {
      asked -= 1;
    });
    return shown();
  });
  return {
    clock,
    end(): void {
      endNotes();
      clock.close();
    },
  };
}
