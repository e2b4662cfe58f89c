import sharp from 'sharp';
import type { Chapter } from '../../domain/chapter.ts';
import type { Job } from '../../domain/job.ts';
import { startFakeMangaDex } from '../../fakes/mangadex/mangadex.ts';
import { mangadexSource } from '../../providers/chapters/mangadex/mangadex.ts';
import { pageSizeOf } from '../../providers/chapters/normalise-page.ts';
import { readyPages } from '../../providers/chapters/strips/ready-pages.ts';
import { memoryRateLimiter } from '../../providers/retry/rate-limiter.ts';
import { type FetcherPorts, run } from './fetcher.ts';

const titleId = '11111111-1111-4111-8111-111111111111';
const drawn = (red: number) =>
  sharp({ create: { width: 60, height: 90, channels: 3, background: { r: red, g: 90, b: 90 } } })
    .png()
    .toBuffer();
const pages = await Promise.all(Array.from({ length: 12 }, (_, index) => drawn(index * 20)));
const fake = await startFakeMangaDex({
  titles: [
    {
      id: titleId,
      title: { vi: 'Mèo Mun' },
      uploads: [{ id: '22222222-2222-4222-8222-222222222222', chapter: '1', language: 'vi', pages }],
    },
  ],
  requestsPerSecond: Number.POSITIVE_INFINITY,
});
afterAll(fake.stop);

/** Tables and a bucket that persist between calls; each call has a new source, like each Lambda. */
function fixture() {
  const stored = new Map<string, unknown>();
  const jobs = new Map<string, Partial<Job>>();
  const log = () => undefined;
  const portsOfCall = (): FetcherPorts => ({
    source: mangadexSource(
      {
        titles: [titleId],
        rightsStatement: 'Drawn by this test for itself',
        contact: 'me@example.org',
        ...fake.settings,
      },
      { log, limiters: { requests: memoryRateLimiter(0), atHome: memoryRateLimiter(0) } },
    ),
    readyPages,
    log,
    newJobId: () => 'job-made',
    findJob: async (id) => jobs.get(id) as Job | undefined,
    updateJob: async (id, changes) => {
      jobs.set(id, { ...jobs.get(id), ...changes });
    },
    reportProgress: async () => undefined,
    slotDay: async () => undefined,
    releaseSlot: async () => undefined,
    chaptersPerVideo: 1,
    giveUp: async () => undefined,
    release: async () => undefined,
    taken: async () => new Set(),
    claim: async () => true,
    findChapter: async (key) => stored.get(key) as Chapter | undefined,
    findPage: async (key) => (stored.has(key) ? pageSizeOf(stored.get(key) as Uint8Array) : undefined),
    putPage: async (key, jpeg) => {
      stored.set(key, jpeg);
    },
    putChapter: async (key, chapter) => {
      stored.set(key, chapter);
    },
    now: () => new Date(),
  });
  return { stored, portsOfCall };
}

test('completes a chapter after a call that was killed in the middle of it', async () => {
  const { stored, portsOfCall } = fixture();
  const call = portsOfCall();
  const dying = {
    ...call,
    putPage: (key: string, jpeg: Uint8Array) =>
      key.endsWith('008.jpg') ? Promise.reject(new Error('killed')) : call.putPage(key, jpeg),
  };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('killed');
  const before = fake.seen.length;
  expect(await run({ job_id: 'job-one' }, portsOfCall())).toMatchObject({
    status: 'success',
    manga_title: 'Mèo Mun',
  });
  const fetched = fake.seen
    .slice(before)
    .filter(({ server, status }) => server === 'image' && status === 200);
  expect(fetched.map(({ path }) => /\/(\d+)-/.exec(path)?.[1]).sort()).toEqual(['10', '11', '12', '8', '9']);
  const chapter = stored.get('jobs/job-one/chapter.json') as Chapter;
  expect(chapter.pages.map(({ number, width, height }) => [number, width, height])).toEqual(
    pages.map((_, index) => [index + 1, 60, 90]),
  );
  for (const [index, { key }] of chapter.pages.entries()) {
    const [red = 0] = await sharp(stored.get(key) as Uint8Array)
      .raw()
      .toBuffer();
    expect(Math.abs(red - index * 20)).toBeLessThan(5);
  }
});
