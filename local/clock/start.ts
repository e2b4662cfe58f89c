import { ClockAction, moveClock } from '../actions/clock.ts';
import type { Control } from '../control/control.ts';
import type { Journal } from '../journal.ts';
import { type CloudClock, createCloudClock, type Follower } from './cloud-clock.ts';
import { rememberClock } from './stored.ts';

interface Options {
  /** Where it is kept how far the clock is ahead. */
  file: string;
  speed: number | undefined;
  control: Control;
  journal: Journal;
  /** Requests that are being answered now, those to the clock itself among them. */
  underWay(): number;
  follower: Follower;
}

/** The clock of a cloud, which goes on from where it was, and which an action moves. Answers what ends it as well. */
export function startClock({ file, speed, control, journal, underWay, follower }: Options) {
  const remembered = rememberClock(file);
  let asked = 0;
  const shown = () => ({ now: new Date(clock.now()).toISOString(), speed: clock.speed });
  const clock: CloudClock = createCloudClock({
    ahead: remembered.ahead,
    ...(speed !== undefined && { speed }),
    // An action is answered when the clock is where it should be: the clock must not wait for that.
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
