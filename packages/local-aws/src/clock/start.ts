import { type CloudClock, createCloudClock, type Follower } from './cloud-clock.ts';
import { rememberClock } from './stored.ts';

/** The time of the cloud in ISO 8601, and the seconds that pass per second while nothing works. */
export interface ShownClock {
  now: string;
  speed: number;
}

interface Options {
  /** File that stores how far the clock is ahead. */
  file: string;
  speed: number | undefined;
  /** Returns whether work is in progress that a jump should wait for. */
  isBusy(): boolean;
  follower: Follower;
  /** Called after each change of speed and after each jump. */
  onChange(shown: ShownClock): void;
}

/** Starts the clock of a cloud, which continues from its last time. Also returns a function that stops it. */
export function startClock({ file, speed, isBusy, follower, onChange }: Options) {
  const remembered = rememberClock(file);
  const clock: CloudClock = createCloudClock({
    ahead: remembered.ahead,
    ...(speed !== undefined && { speed }),
    isBusy,
    follower,
    onChange() {
      remembered.note(clock);
      onChange(showClock(clock));
    },
  });
  const endNotes = remembered.follow(clock);
  return {
    clock,
    end(): void {
      endNotes();
      clock.close();
    },
  };
}

export const showClock = (clock: CloudClock): ShownClock => ({
  now: new Date(clock.now()).toISOString(),
  speed: clock.speed,
});
