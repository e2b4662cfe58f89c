import sharp from 'sharp';
import type { Chapter } from '../../domain/chapter.ts';
import { startFakeMangaDex } from '../../fakes/mangadex/mangadex.ts';
import { mangadexSource } from '../../providers/chapters/mangadex/mangadex.ts';
import { memoryRateLimiter } from '../../providers/retry/rate-limiter.ts';
import { run } from './fetcher.ts';
import { memoryPorts, memoryStore } from './testing/memory-ports.ts';

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

/** A new source for each call, like each Lambda. */
const sourceOfCall = () =>
  mangadexSource(
    {
      titles: [titleId],
      rightsStatement: 'Drawn by this test for itself',
      contact: 'me@example.org',
      ...fake.settings,
    },
    {
      log: () => undefined,
      limiters: { requests: memoryRateLimiter(0), atHome: memoryRateLimiter(0) },
    },
  );

test('completes a chapter after a call that was killed in the middle of it', async () => {
  const store = memoryStore();
  const call = memoryPorts(sourceOfCall(), store);
  const dying = {
    ...call,
    putPage: (key: string, jpeg: Uint8Array) =>
      key.endsWith('008.jpg') ? Promise.reject(new Error('killed')) : call.putPage(key, jpeg),
  };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('killed');
  const before = fake.seen.length;
  expect(await run({ job_id: 'job-one' }, memoryPorts(sourceOfCall(), store))).toMatchObject({
    status: 'success',
    manga_title: 'Mèo Mun',
  });
  const fetched = fake.seen
    .slice(before)
    .filter(({ server, status }) => server === 'image' && status === 200);
  expect(fetched.map(({ path }) => /\/(\d+)-[^/]*$/.exec(path)?.[1]).sort()).toEqual([
    '10',
    '11',
    '12',
    '8',
    '9',
  ]);
  const chapter = store.stored.get('jobs/job-one/chapter.json') as Chapter;
  expect(chapter.pages.map(({ number, width, height }) => [number, width, height])).toEqual(
    pages.map((_, index) => [index + 1, 60, 90]),
  );
  for (const [index, { key }] of chapter.pages.entries()) {
    const [red = 0] = await sharp(store.stored.get(key) as Uint8Array)
      .raw()
      .toBuffer();
    expect(Math.abs(red - index * 20)).toBeLessThan(5);
  }
});
