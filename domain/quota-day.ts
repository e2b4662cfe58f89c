/**
 * Returns the quota day, `YYYY-MM-DD`, of an instant. YouTube's day ends at midnight in Los Angeles and follows daylight
 * saving time, so the zone is a name and never an offset.
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

/** Returns the day `count` days after one, `YYYY-MM-DD`. Calculated with dates, not hours: a day of 25 hours is longer than 24. */
export const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** Returns the quota days when a job can have just begun: today and yesterday. */
export function latestQuotaDays(now: Date, timeZone: string): [today: string, before: string] {
  const today = quotaDay(now, timeZone);
  return [today, dayAfter(today, -1)];
}
