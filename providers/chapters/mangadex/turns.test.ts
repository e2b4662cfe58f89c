import { startFakeMangaDex } from '../../../fakes/mangadex/mangadex.ts';
import { systemClock } from '../../retry/clock.ts';
import { memoryRateLimiter } from '../../retry/rate-limiter.ts';
import { testClock } from '../testing/test-clock.ts';
import { webClient } from '../web-client.ts';
import { mangadexApi } from './api.ts';
import { mangadexSpacing } from './limits.ts';
import { parseMangaDexSettings } from './settings.ts';
import { retryAt, turnTaking } from './turns.ts';

const now = Date.parse('2026-02-07T10:00:00Z');
const inSeconds = (moment: string) => String(Date.parse(moment) / 1000);

test.each([
  [{ 'x-ratelimit-retry-after': inSeconds('2026-02-07T10:00:10Z') }, 10],
  [{ 'retry-after': '30' }, 30],
  [{ 'x-ratelimit-retry-after': inSeconds('2026-02-07T09:59:00Z') }, 1],
  [{ 'x-ratelimit-retry-after': 'soon' }, 60],
  [{}, 60],
  // A clock that is twenty minutes off waits no longer and no shorter.
  [
    { date: 'Sat, 07 Feb 2026 10:20:00 GMT', 'x-ratelimit-retry-after': inSeconds('2026-02-07T10:20:10Z') },
    10,
  ],
  [
    { date: 'Sat, 07 Feb 2026 09:40:00 GMT', 'x-ratelimit-retry-after': inSeconds('2026-02-07T09:40:10Z') },
    10,
  ],
])('a 429 with %j is waited out for %d s', (headers, seconds) => {
  expect(retryAt({ headers }, now)).toBe(now + seconds * 1000);
});

const id = (kind: string) => `${kind.repeat(8)}-1111-4111-8111-111111111111`;

/** Two callers with nothing in common but the limiters, against the limits as MangaDex has them, in real time. */
test('callers that share the limiters stay within the rate that is allowed, and use it', async () => {
  const upload = { id: id('2'), chapter: '1', language: 'vi', pages: [Buffer.from('x')] };
  const fake = await startFakeMangaDex({
    titles: [{ id: id('1'), title: { vi: 'Mèo' }, uploads: [upload] }],
  });
  const settings = parseMangaDexSettings({
    titles: [id('1')],
    rightsStatement: 'Licensed by An for narration',
    contact: 'me@example.org',
    ...fake.settings,
  });
  const limiters = {
    requests: memoryRateLimiter(mangadexSpacing.requests),
    atHome: memoryRateLimiter(mangadexSpacing.atHome),
  };
  const web = webClient({ userAgent: 'manga-pipeline/0.1 (me@example.org)', allowLoopback: true });
  const callers = [1, 2].map(() =>
    mangadexApi(settings, { web, turns: turnTaking(systemClock), limiters, clock: systemClock }),
  );
  const started = performance.now();
  await Promise.all(callers.flatMap((api) => Array.from({ length: 8 }, () => api.manga(id('1')))));
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(callers.map((api) => api.atHome(id('2'))));
  web.close();
  await fake.stop();
  // A busy machine may delay one request into the window of the next; bench/fetch.ts measures the exact figure.
  expect(fake.seen.filter(({ status }) => status === 429).length).toBeLessThan(2);
  expect(15 / seconds).toBeGreaterThan(2.5);
  expect(15 / seconds).toBeLessThan(5);
});

test('a request that waits for a turn when a pause begins also waits for its end', async () => {
  const limiter = memoryRateLimiter(50);
  const turns = turnTaking(systemClock);
  await turns.take([limiter]);
  const waiting = turns.take([limiter]).then(() => Date.now());
  const until = Date.now() + 1000;
  const headers = { 'x-ratelimit-retry-after': String(until / 1000) };
  await turns.pause({ status: 429, headers, body: new Uint8Array() }, [limiter]);
  expect(await waiting).toBeGreaterThanOrEqual(until - 5);
});

test('forty at-home calls a minute are allowed, and forty-five take longer', async () => {
  const clock = testClock();
  const upload = { id: id('2'), chapter: '1', language: 'vi', pages: [Buffer.from('x')] };
  const titles = [{ id: id('1'), title: { vi: 'Mèo' }, uploads: [upload] }];
  const fake = await startFakeMangaDex({ titles, now: clock.now });
  const settings = parseMangaDexSettings({
    titles: [id('1')],
    rightsStatement: 'Licensed by An for narration',
    contact: 'me@example.org',
    ...fake.settings,
  });
  const limiters = {
    requests: memoryRateLimiter(mangadexSpacing.requests, clock.now),
    atHome: memoryRateLimiter(mangadexSpacing.atHome, clock.now),
  };
  const web = webClient({ userAgent: 'manga-pipeline/0.1 (me@example.org)', allowLoopback: true });
  const api = mangadexApi(settings, { web, turns: turnTaking(clock), limiters, clock });
  const started = clock.now();
  for (let call = 0; call < 45; call += 1) await api.atHome(id('2'));
  web.close();
  await fake.stop();
  expect(fake.seen.filter(({ status }) => status === 429)).toEqual([]);
  expect(clock.now() - started).toBeGreaterThan(60_000);
  expect(clock.now() - started).toBeLessThan((45 / 40) * 60_000 * 1.1);
});
