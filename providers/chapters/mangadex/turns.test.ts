import { startFakeMangaDex } from '../../../fakes/mangadex/mangadex.ts';
import { systemClock } from '../../retry/clock.ts';
import { memoryRateLimiter } from '../../retry/rate-limiter.ts';
import { testClock } from '../testing/test-clock.ts';
import { webClient } from '../web-client.ts';
import { type MangaDexApi, mangadexApi } from './api.ts';
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
  // With a clock that is twenty minutes off, the wait is the same.
  [
    { date: 'Sat, 07 Feb 2026 10:20:00 GMT', 'x-ratelimit-retry-after': inSeconds('2026-02-07T10:20:10Z') },
    10,
  ],
  [
    { date: 'Sat, 07 Feb 2026 09:40:00 GMT', 'x-ratelimit-retry-after': inSeconds('2026-02-07T09:40:10Z') },
    10,
  ],
])('waits %d s after a 429 with %j', (headers, seconds) => {
  expect(retryAt({ headers }, now)).toBe(now + seconds * 1000);
});

const id = (kind: string) => `${kind.repeat(8)}-1111-4111-8111-111111111111`;

test('a request that waits for a turn when a pause begins also waits for the end of the pause', async () => {
  const limiter = memoryRateLimiter(50);
  const turns = turnTaking(systemClock);
  await turns.take([limiter]);
  const waiting = turns.take([limiter]).then(() => Date.now());
  const until = Date.now() + 1000;
  const headers = { 'x-ratelimit-retry-after': String(until / 1000) };
  await turns.pause({ status: 429, headers, body: new Uint8Array() }, [limiter]);
  expect(await waiting).toBeGreaterThanOrEqual(until - 5);
});

/** Two callers that share only the limiters, against a fake that enforces MangaDex's limits. */
function twoCallers(
  fake: Awaited<ReturnType<typeof startFakeMangaDex>>,
  clock: ReturnType<typeof testClock>,
) {
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
  const apis = [1, 2].map(() => mangadexApi(settings, { web, turns: turnTaking(clock), limiters, clock }));
  return { apis, close: () => web.close() };
}

const upload = { id: id('2'), chapter: '1', language: 'vi', pages: [Buffer.from('x')] };
const titles = [{ id: id('1'), title: { vi: 'Mèo' }, uploads: [upload] }];

test.each([
  ['requests', 'requests', 16, (api: MangaDexApi) => api.manga(id('1'))],
  ['at-home calls', 'atHome', 45, (api: MangaDexApi) => api.atHome(id('2'))],
] as const)('callers that share a limiter make %s at the allowed rate', async (_, kind, calls, call) => {
  const clock = testClock();
  const fake = await startFakeMangaDex({ titles, now: clock.now });
  const { apis, close } = twoCallers(fake, clock);
  const started = clock.now();
  for (let n = 0; n < calls; n += 1) await call(apis[n % apis.length] as MangaDexApi);
  close();
  await fake.stop();
  expect(fake.seen.filter(({ status }) => status === 429)).toEqual([]);
  const least = (calls - 1) * mangadexSpacing[kind];
  expect(clock.now() - started).toBeGreaterThanOrEqual(least);
  expect(clock.now() - started).toBeLessThan(least * 1.1);
});
