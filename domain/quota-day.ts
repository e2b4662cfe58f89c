/**
 * The quota day, `YYYY-MM-DD`, that an instant belongs to. YouTube's day ends at midnight in Los Angeles and moves
 * with daylight saving, so the zone is a name and never an offset.
 */
export function quotaDay(now: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

/** The quota days that a job may have begun on a moment ago: today, and the day that may just have ended. */
export function latestQuotaDays(now: Date, timeZone: string): [today: string, before: string] {
  const today = quotaDay(now, timeZone);
  // Of the calendar, not of the clock: a day of 25 hours is longer than 24.
  const before = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000);
  return [today, before.toISOString().slice(0, 10)];
}
