type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A number above this is a time in seconds since 1970 (in 2001), not a duration: no service asks to wait 31 years. */
const earliestMoment = 1_000_000_000;

/**
 * Returns how long the headers of a refusal ask to wait, in ms from `now` (ms since 1970); undefined if they do not say.
 * Reads, in this order, OpenAI's finer `Retry-After-Ms`, MangaDex's `X-RateLimit-Retry-After` (docs, 2-limitations: a time)
 * and `Retry-After` (RFC 9110, 10.2.3: seconds or a date). Times and dates are by the service's clock, which its `Date`
 * header shows.
 */
export function retryAfterMs(headers: HeaderValues | Headers, now = Date.now()): number | undefined {
  const header = (name: string) =>
    headers instanceof Headers ? (headers.get(name) ?? '') : String(headers[name] ?? '');
  const fine = nonNegative(header('retry-after-ms'));
  if (fine !== undefined) return fine;
  const theirNow = Date.parse(header('date')) || now;
  for (const value of [header('x-ratelimit-retry-after'), header('retry-after')]) {
    const seconds = nonNegative(value);
    const moment =
      seconds === undefined ? dateOf(value) : seconds > earliestMoment ? seconds * 1000 : Number.NaN;
    if (!Number.isNaN(moment)) return Math.max(0, moment - theirNow);
    if (seconds !== undefined) return seconds * 1000;
  }
  return undefined;
}

function nonNegative(value: string): number | undefined {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** A number is never a date, although `Date.parse` accepts many as one. */
const dateOf = (value: string): number => (/[a-z]/i.test(value) ? Date.parse(value) : Number.NaN);
