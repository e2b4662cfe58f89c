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
