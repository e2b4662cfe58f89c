import { z } from 'zod';
import { Deployment } from '../config/deployment.ts';
import { parseSettings } from '../config/settings/index.ts';
import type { CloudClock } from './clock/cloud-clock.ts';
import type { LogSink } from './services/log.ts';

const { scheduleTime, scheduleTimezone } = Deployment.shape;
const Settings = z.object({
  SCHEDULE_TIME: scheduleTime,
  SCHEDULE_TIMEZONE: scheduleTimezone,
  SCHEDULE_ENABLED: z.stringbool().default(true),
});

/** Time and time zone of the daily run. */
export interface Schedule {
  time: string;
  timezone: string;
}

/** Reads the schedule of a local run from the deployment's settings in capitals; undefined when it is disabled. */
export function localSchedule(
  environment: Readonly<Record<string, string | undefined>>,
): Schedule | undefined {
  const given = Object.keys(Settings.shape).flatMap((name) =>
    environment[name] ? [[name, environment[name]]] : [],
  );
  const settings = parseSettings(Settings, Object.fromEntries(given), 'The schedule');
  if (!settings.SCHEDULE_ENABLED) return undefined;
  return { time: settings.SCHEDULE_TIME, timezone: settings.SCHEDULE_TIMEZONE };
}

/** Returns the next time after `now`, in ms, at which the clocks of the zone show the time of the schedule. */
export function nextRun({ time, timezone }: Schedule, now: number): number {
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
  schedule: Schedule;
  clock: CloudClock;
  start(): Promise<unknown>;
  log: LogSink;
}

/** Starts the daily run at its time. A run missed while the cloud is down is not made up for, as on AWS. */
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
