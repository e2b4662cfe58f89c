/** A time of day on the clocks of a zone of the tz database. */
export interface TimeOfDay {
  /** `19:30` */
  time: string;
  timezone: string;
}

/**
 * Returns the first instant after `after` at which clocks in the zone show the time. On a day when summer time skips it, the
 * clocks show one hour more.
 */
export function nextTimeOfDay({ time, timezone }: TimeOfDay, after: Date): Date {
  const clockAt = clockOf(timezone);
  // From the day before: the date that the clocks show can be behind that of UTC.
  const firstDay = Math.floor(clockAt(after.getTime()) / dayMs) - 1;
  for (let day = firstDay; ; day += 1) {
    const shown = Date.parse(`${new Date(day * dayMs).toISOString().slice(0, 10)}T${time}:00Z`);
    // Clocks that change on this day are ahead of UTC by one of two distances; a time that is shown by neither is skipped.
    const [early, late] = [shown - dayMs, shown + dayMs].map((near) => shown - (clockAt(near) - near)) as [
      number,
      number,
    ];
    const at = clockAt(late) === shown && clockAt(early) !== shown ? late : early;
    if (at > after.getTime()) return new Date(at);
  }
}

const dayMs = 86_400_000;

/** Returns a function that gives what the clocks of a zone show at an instant, in ms as if it were UTC. */
function clockOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (instant) => {
    const part = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  };
}
