/** Shows the audience of a published video in a real browser. */
import { callJson } from 'local-aws/client';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { audienceKey, audienceReviewKey, comparedThumbnailKey } from '../../domain/artifacts.ts';
import type { AudienceRecord } from '../../domain/audience/record.ts';
import { accessTo } from '../cloud-access.ts';
import { type Browser, hasChromium, seriousFindings, startBrowser } from './testing/chromium.ts';
import { type ConsoleUnderTest, startConsoleUnderTest } from './testing/console-under-test.ts';

const inChromium = hasChromium ? describe : describe.skip;
if (!hasChromium) console.warn('skipped: /usr/bin/chromium is not installed');

const jobId = 'job-watched';
const published = '2026-11-20T20:00:00.000Z';
const told = ['Đêm mưa ở Ngõ Mây.', 'Chiếc ô đỏ biến mất.', 'Ai đã lấy nó?', 'Mèo Mun lần theo dấu chân.'];
const record: AudienceRecord = {
  ...{ job_id: jobId, video_id: 'abc', title: 'Kẻ trộm ô', url: 'https://www.youtube.com/watch?v=abc' },
  ...{ published_at: published, duration: 40 },
  thumbnails: [1, 3].map((page) => ({ key: `thumbnail-${page}.jpg`, page, panel: `p00${page}-1`, score: 1 })),
  segments: told.map((text, index) => ({ index, page: index + 1, start: index * 10, seconds: 10, text })),
  trial: {
    shown: [
      { thumbnail: 1, since: published, confirmed: true },
      { thumbnail: 2, since: '2026-11-22T20:00:00.000Z', confirmed: true },
    ],
    reach: [
      { day: '2026-11-21', impressions: 1200, clicks: 54 },
      { day: '2026-11-23', impressions: 1500, clicks: 96 },
    ],
    result: { thumbnail: 2, reason: 'viewers clicked it more often', decided_at: '2026-11-26T20:00:00.000Z' },
  },
  retention: {
    asked_at: '2026-11-27T20:00:00.000Z',
    points: Array.from({ length: 100 }, (_, i) => ({
      at: (i + 1) / 100,
      watching: i < 25 ? 1.05 : i < 50 ? 0.9 - (i - 25) / 60 : 0.48 - i / 1000,
    })),
  },
};

inChromium('the audience of a job', () => {
  let shown: ConsoleUnderTest;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    shown = await startConsoleUnderTest();
    const { cloud } = shown;
    const Item = Object.fromEntries(
      Object.entries({
        ...{ job_id: jobId, status: 'published', manga_title: 'Kẻ trộm ô', published_at: published },
        updated_at: published,
      }).map(([name, value]) => [name, { S: value }]),
    );
    await callJson(cloud, 'dynamodb', 'PutItem', { TableName: cloud.resources.jobsTable, Item });
    const { s3 } = accessTo(cloud);
    await s3('PUT', audienceKey('main', published, jobId), '', JSON.stringify(record));
    const review = { day: '2026-11-27', reviewed_at: published, problem: 'the Reporting API is not enabled' };
    await s3('PUT', audienceReviewKey, '', JSON.stringify(review));
    for (const [index, background] of ['#345', '#a33'].entries()) {
      const picture = sharp({ create: { width: 1280, height: 720, channels: 3, background } });
      await s3(
        'PUT',
        comparedThumbnailKey(jobId, index + 1),
        '',
        new Uint8Array(await picture.jpeg().toBuffer()),
      );
    }
    browser = await startBrowser({ width: 1280 });
    ({ page } = browser);
    await page.goto(shown.url);
    await page.getByText('live', { exact: true }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await shown?.close();
  });

  test('says which thumbnail is kept, where viewers leave, and what went wrong', async () => {
    await page.goto(`${shown.origin}/jobs/${jobId}`);
    const audience = page.getByRole('region', { name: 'Audience' });
    await audience.getByText('Second thumbnail, page 3 – kept').waitFor();
    await audience.getByText('6.40 % of 1,500 impressions').waitFor();
    await audience.getByText('The latest review: the Reporting API is not enabled').waitFor();
    const first = await audience.locator('.losses li').first().textContent();
    expect(first).toMatch(/^0:10 −\d+\.\d % of \d+ %, page 2: Chiếc ô đỏ biến mất\.$/);
    await audience.scrollIntoViewIfNeeded();
    expect(await page.evaluate('document.querySelector(".audience img").naturalWidth')).toBe(1280);
    expect(await seriousFindings(page)).toEqual([]);
  }, 60_000);
});
