import type { DailyTime } from 'local-aws';
import { z } from 'zod';
import { Deployment } from '../config/deployment.ts';
import { parseSettings } from '../config/settings/index.ts';

const { scheduleTime, scheduleTimezone } = Deployment.shape;
const Settings = z.object({
  SCHEDULE_TIME: scheduleTime,
  SCHEDULE_TIMEZONE: scheduleTimezone,
  SCHEDULE_ENABLED: z.stringbool().default(true),
});

/** Reads the schedule of a local run from the deployment's settings in capitals; undefined when it is disabled. */
export function localSchedule(
  environment: Readonly<Record<string, string | undefined>>,
): DailyTime | undefined {
  const given = Object.keys(Settings.shape).flatMap((name) =>
    environment[name] ? [[name, environment[name]]] : [],
  );
  const settings = parseSettings(Settings, Object.fromEntries(given), 'The schedule');
  if (!settings.SCHEDULE_ENABLED) return undefined;
  return { time: settings.SCHEDULE_TIME, timezone: settings.SCHEDULE_TIMEZONE };
}
