import type { CloudClock } from '../clock/cloud-clock.ts';
import type { LogSink } from '../log.ts';

/** A time of day, such as 18:30, in a time zone, such as Asia/Ho_Chi_Minh. */
export interface DailyTime {
  time: string;
  timezone: string;
}

/** Starts a state machine every day, as EventBridge Scheduler does. */
export interface Schedule extends DailyTime {
  /** Name of the state machine. */
  stateMachine: string;
}

/** Returns the next time after `now`, in ms, at which the clocks of the zone show the time of day. */
export function nextRun({ time, timezone }: DailyTime, now: number): number {
  const format = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    timeZone: timezone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** Returns the local time of the zone as if it were UTC. */
  const shown = (at: number) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const today = Math.floor(shown(now) / 86_400_000) * 86_400_000;
  for (let day = 0; ; day += 1) {
    const wanted = today + day * 86_400_000 + (hours * 60 + minutes) * 60_000;
    // The offset at the guess is only wrong around a change of summer time; the second pass corrects that.
    const guess = wanted - (shown(now) - Math.floor(now / 1000) * 1000);
    const at = guess + (wanted - shown(guess));
    if (at > now) return at;
  }
}

interface Options {
  schedule: DailyTime;
  clock: CloudClock;
  start(): Promise<unknown>;
  log: LogSink;
}

/** Calls `start` every day at its time. A run missed while the cloud is down is not made up for, as on AWS. */
export function startSchedule({ schedule, clock, start, log }: Options): () => void {
  let cancel = () => {};
  const say = (text: string) => log({ source: 'schedule', text });

  function wait(): void {
    cancel = clock.setTimer(nextRun(schedule, clock.now()), () => {
      wait();
      start().then(
        () => say(`started the run of ${schedule.time} ${schedule.timezone}`),
        (error: Error) =>
          say(`the run of ${schedule.time} ${schedule.timezone} can't start: ${error.message}`),
      );
    });
  }

  wait();
  return () => cancel();
}
