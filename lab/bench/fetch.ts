/**
 * Fetches a chapter of 60 pages from the fake MangaDex, with its limit of 5 requests per second enforced and a latency
 * of 150 ms for images. Only the allowed rate should determine the time, not the network or the decoding of pages.
 */
import sharp from 'sharp';
import { startFakeMangaDex } from '../../fakes/mangadex/mangadex.ts';
import { run } from '../../functions/fetcher/fetcher.ts';
import { memoryPorts } from '../../functions/fetcher/testing/memory-ports.ts';
import { mangadexSpacing } from '../../providers/chapters/mangadex/limits.ts';
import { mangadexSource } from '../../providers/chapters/mangadex/mangadex.ts';
import { memoryRateLimiter } from '../../providers/retry/rate-limiter.ts';

const pageCount = 60;
const allowedPerSecond = 5;
const width = 1200;
const height = 1700;

/** Draws a page with noise, so that it has the size of a scan. */
const drawPage = (seed: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: seed % 256, g: 200, b: 220 },
      noise: { type: 'gaussian', mean: 200, sigma: 20 },
    },
  })
    .greyscale()
    .png()
    .toBuffer();

const titleId = '11111111-1111-4111-8111-111111111111';
const pages: Uint8Array[] = [];
for (let page = 0; page < pageCount; page += 1) pages.push(await drawPage(page));
const fake = await startFakeMangaDex({
  titles: [
    {
      id: titleId,
      title: { vi: 'Mèo Mun' },
      uploads: [{ id: '22222222-2222-4222-8222-222222222222', chapter: '1', language: 'vi', pages }],
    },
  ],
  requestsPerSecond: allowedPerSecond,
  imageLatencyMs: 150,
});
const source = mangadexSource(
  {
    titles: [titleId],
    rightsStatement: 'Drawn by this bench for itself',
    contact: 'https://example.org',
    ...fake.settings,
  },
  {
    log: (line) => console.warn(JSON.stringify(line)),
    limiters: {
      requests: memoryRateLimiter(mangadexSpacing.requests),
      atHome: memoryRateLimiter(mangadexSpacing.atHome),
    },
  },
);

let bytes = 0;
const started = performance.now();
await run(
  { job_id: 'job-bench' },
  {
    ...memoryPorts(source),
    putPage: async (_, jpeg) => {
      bytes += jpeg.byteLength;
    },
    log: (line) => console.warn(JSON.stringify(line)),
    now: () => new Date(),
  },
);
const seconds = (performance.now() - started) / 1000;
await fake.stop();

const requests = fake.seen.length;
const refused = fake.seen.filter(({ status }) => status === 429).length;
const share = (count: number) => (count / seconds / allowedPerSecond) * 100;
const percent = (value: number) => `${value.toFixed(1)} %`.padStart(8);
const target = 90;
const weight = pages.reduce((sum, page) => sum + page.byteLength, 0) / pageCount / 1024;
console.log(
  `${pageCount} pages of ${weight.toFixed(0)} KB, ${(bytes / 1024 / 1024).toFixed(0)} MB stored, ${seconds.toFixed(2)} s`,
);
console.log(`${requests} requests, ${refused} refused, ${fake.reports.length} reports`);
console.log(`requests of the allowed rate  ${percent(share(requests))}   ≥ ${target} %`);
console.log(`pages of the allowed rate     ${percent(share(pageCount))}   ≥ ${target} %`);
if (share(pageCount) < target) process.exitCode = 1;
