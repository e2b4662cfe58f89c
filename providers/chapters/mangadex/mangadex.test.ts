import { randomBytes } from 'node:crypto';
import type { LogLine } from '../../../domain/log.ts';
import { dataFile, type FakeTitle, type FakeUpload } from '../../../fakes/mangadex/catalogue.ts';
import type { FakeMangaDex } from '../../../fakes/mangadex/mangadex.ts';
import { startFakeMangaDex } from '../../../fakes/mangadex/mangadex.ts';
import { memoryRateLimiter } from '../../retry/rate-limiter.ts';
import { testClock } from '../testing/test-clock.ts';
import { type MangaDexPorts, mangadexSource } from './mangadex.ts';
import type { MangaDexInput } from './settings.ts';

const titleId = '11111111-1111-4111-8111-111111111111';
const uploadId = (n: number) => `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`;
const groupId = (n: number) => `33333333-3333-4333-8333-${String(n).padStart(12, '0')}`;
const firstChapter = `mangadex/${titleId}/1`;

const pagesOf = (count: number) => Array.from({ length: count }, () => randomBytes(2000));
const uploadOf = (n: number, more: Partial<FakeUpload> = {}): FakeUpload => ({
  id: uploadId(n),
  chapter: String(n),
  language: 'vi',
  pages: pagesOf(3),
  groups: [{ id: groupId(1), name: 'Nhóm Mèo' }],
  ...more,
});
const titleOf = (uploads: FakeUpload[], more: Partial<FakeTitle> = {}): FakeTitle => ({
  id: titleId,
  title: { 'ja-ro': 'Neko no Mun' },
  altTitles: [{ vi: 'Mèo Mun' }],
  uploads,
  ...more,
});

const running: FakeMangaDex[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

/** A fake that has no limits unless it is told to, and a source of its titles that goes by the same clock. */
async function world(
  titles: FakeTitle[],
  settings: Partial<MangaDexInput> = {},
  ports: Partial<MangaDexPorts> = {},
) {
  const clock = testClock();
  const unlimited = {
    requestsPerSecond: Number.POSITIVE_INFINITY,
    atHomePerMinute: Number.POSITIVE_INFINITY,
  };
  const fake = await startFakeMangaDex({ titles, now: clock.now, ...unlimited });
  running.push(fake);
  const limiters = { requests: memoryRateLimiter(0, clock.now), atHome: memoryRateLimiter(0, clock.now) };
  const lines: LogLine[] = [];
  const source = mangadexSource(
    {
      titles: titles.map(({ id }) => id),
      rightsStatement: 'Licensed by An for Vietnamese narration, contract of 2026-01-05',
      contact: 'operator@example.org',
      ...fake.settings,
      ...settings,
    },
    { limiters, clock, log: (line) => void lines.push(line), ...ports },
  );
  const ids = async () => (await Array.fromAsync(source.list())).map(({ chapter_id }) => chapter_id);
  const read = (id = firstChapter, from = 1) =>
    source.withChapter(id, async ({ pages }) =>
      (await Array.fromAsync(pages(from))).map(({ image }) => Buffer.from(image)),
    );
  const paths = (start: string) => fake.seen.filter(({ path }) => path.startsWith(start));
  return { clock, fake, lines, source, ids, read, paths };
}

describe('the titles that an operator listed', () => {
  test('are listed in order, once a chapter, without what lies elsewhere or is not out yet', async () => {
    const { ids } = await world([
      titleOf([
        uploadOf(10),
        uploadOf(2),
        uploadOf(3, { externalUrl: 'https://mangaplus.example/3', pages: [] }),
        uploadOf(4, { language: 'en' }),
        uploadOf(5, { publishAt: '2999-01-01T00:00:00+00:00' }),
        uploadOf(6, { pages: [] }),
        uploadOf(7, { chapter: null }),
        uploadOf(8, { chapter: '2', groups: [{ id: groupId(2), name: 'Nhóm Chó' }] }),
        uploadOf(1),
        uploadOf(9, { chapter: '1.5' }),
      ]),
    ]);
    expect(await ids()).toEqual(
      ['1', '1.5', '2', '10', `id-${uploadId(7)}`].map((number) => `mangadex/${titleId}/${number}`),
    );
  });

  test('are read from every page of the feed', async () => {
    const uploads = Array.from({ length: 1100 }, (_, index) =>
      uploadOf(index + 1, { pages: [Buffer.from('x')] }),
    );
    const { ids, paths } = await world([titleOf(uploads)]);
    expect(await ids()).toHaveLength(1100);
    expect(paths('/manga/').map(({ path }) => new URLSearchParams(path.split('?')[1]).get('offset'))).toEqual(
      ['0', '500', '1000'],
    );
  });

  test('stay the same chapters when a group uploads one again or in a better language', async () => {
    const vietnamese = uploadOf(11, { chapter: '1', publishAt: '2025-01-01T00:00:00+00:00' });
    const english = uploadOf(12, { chapter: '1', language: 'en' });
    const languages = ['vi', 'en'];
    const { ids } = await world([titleOf([english])], { languages });
    const later = await world([titleOf([english, vietnamese])], { languages });
    expect(await later.ids()).toEqual(await ids());
    expect(await later.read()).toEqual(vietnamese.pages);
  });

  test('are filtered by content rating, at the list and at the reading', async () => {
    const title = titleOf([uploadOf(1)], { contentRating: 'erotica' });
    const { ids, read } = await world([title]);
    expect(await ids()).toEqual([]);
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    expect(await (await world([title], { contentRatings: ['erotica'] })).ids()).toEqual([firstChapter]);
  });

  test('give each other no reason to stop: one that is gone is left out', async () => {
    const gone = '99999999-9999-4999-8999-999999999999';
    const { ids, lines } = await world([titleOf([uploadOf(1)])], { titles: [gone, titleId] });
    expect(await ids()).toEqual([firstChapter]);
    expect(lines).toEqual([expect.objectContaining({ event: 'title_left_out', title: gone })]);
  });

  test('are all there is: a chapter of another title is refused', async () => {
    const { read } = await world([titleOf([uploadOf(1)])]);
    const other = read(`mangadex/${groupId(9)}/1`);
    await expect(other).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  });
});

describe('the blocklist', () => {
  const other = { groups: [{ id: groupId(2), name: 'Nhóm Chó' }] };
  const uploads = [uploadOf(1), uploadOf(2), uploadOf(12, { chapter: '2', ...other }), uploadOf(3, other)];
  const numbers = async (blocked: MangaDexInput['blocked']) =>
    (await (await world([titleOf(uploads)], { blocked })).ids()).map((id) => id.split('/').at(-1));

  test('blocks a title, the uploads of a group, and every upload of a chapter', async () => {
    expect(await numbers({ titles: [titleId] })).toEqual([]);
    expect(await numbers({ groups: [groupId(1)] })).toEqual(['2', '3']);
    expect(await numbers({ chapters: [uploadId(2)] })).toEqual(['1', '3']);
    expect(await numbers({ chapters: [`mangadex/${titleId}/2`] })).toEqual(['1', '3']);
  });

  test('that is kept elsewhere holds from the moment it is written there', async () => {
    let kept: unknown;
    const { ids, read } = await world([titleOf(uploads)], {}, { readBlocklist: async () => kept });
    expect(await ids()).toContain(firstChapter);
    kept = { chapters: [uploadId(1)] };
    expect(await ids()).not.toContain(firstChapter);
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    kept = { chapters: 'all' };
    await expect(ids()).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  test('holds for a chapter that a job has claimed already', async () => {
    const { read } = await world([titleOf(uploads)], { blocked: { chapters: [uploadId(1)] } });
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  });
});

describe('a chapter', () => {
  test('credits its people, its group and MangaDex, with its address', async () => {
    const { source } = await world([
      titleOf([uploadOf(1, { title: 'Đêm mưa' })], { description: { en: 'A cat.', vi: 'Một con mèo.' } }),
    ]);
    const { metadata, pageCount } = await source.withChapter(firstChapter, async (chapter) => chapter);
    expect(pageCount).toBe(3);
    expect(metadata).toEqual({
      chapter_id: firstChapter,
      manga_id: `mangadex-${titleId}`,
      manga_title: 'Mèo Mun',
      localized_title: 'Neko no Mun',
      number: '1',
      title: 'Đêm mưa',
      summary: 'Một con mèo.',
      language: 'vi',
      reading_direction: 'rtl',
      credits: [
        { role: 'Kịch bản', name: 'An' },
        { role: 'Tranh', name: 'An' },
        { role: 'Nhóm dịch', name: 'Nhóm Mèo' },
        { role: 'Đăng tại', name: 'MangaDex' },
      ],
      licence: 'Licensed by An for Vietnamese narration, contract of 2026-01-05',
      source: { name: 'mangadex', url: `https://mangadex.org/chapter/${uploadId(1)}` },
    });
  });

  test('comes page by page in order, and each image is reported', async () => {
    const upload = uploadOf(1, { pages: pagesOf(20) });
    const { fake, read } = await world([titleOf([upload])]);
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports).toHaveLength(20);
    expect(fake.reports[0]).toEqual({
      url: expect.stringContaining(dataFile(upload.pages[0] ?? Buffer.alloc(0), 0)),
      success: true,
      bytes: 2000,
      duration: expect.any(Number),
      cached: true,
    });
  });

  test('goes on with the page that is missing; what is stored is not asked for', async () => {
    const upload = uploadOf(1, { pages: pagesOf(8) });
    const { read, fake } = await world([titleOf([upload])]);
    expect(await read(firstChapter, 6)).toEqual(upload.pages.slice(5));
    expect(fake.seen.filter(({ server }) => server === 'image')).toHaveLength(3);
  });

  test('comes in the small size when the operator wants to save data', async () => {
    const upload = uploadOf(1);
    const { read, fake } = await world([titleOf([upload])], { dataSaver: true });
    expect(await read()).toEqual(upload.pages.map((page) => Buffer.concat([page, Buffer.from('saver')])));
    expect(fake.seen.find(({ server }) => server === 'image')?.path).toContain('/data-saver/');
  });

  test('asks for nothing more once its reader leaves', async () => {
    const { source, fake } = await world([titleOf([uploadOf(1, { pages: pagesOf(60) })])]);
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const _ of pages()) break;
    });
    expect(fake.seen.filter(({ server }) => server === 'image').length).toBeLessThan(15);
  });
});

describe('faults', () => {
  const upload = uploadOf(1, { pages: pagesOf(12) });
  const titles = [titleOf([upload])];

  test('the base URL is renewed at the 15th minute, and no image meets an expired one', async () => {
    const { clock, fake, source, paths } = await world(titles);
    const got: Buffer[] = [];
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const { image } of pages(10)) got.push(Buffer.from(image));
      clock.pass(15 * 60_000);
      for await (const { image } of pages()) got.push(Buffer.from(image));
    });
    expect(got).toEqual([...upload.pages.slice(9), ...upload.pages]);
    expect(paths('/at-home/')).toHaveLength(2);
    expect(fake.seen.filter(({ status }) => status === 403)).toEqual([]);
  });

  test('images that are on their way while the 15 minutes end are asked for again at a new address', async () => {
    const { clock, source } = await world(titles);
    const got: Buffer[] = [];
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const { image } of pages()) {
        got.push(Buffer.from(image));
        if (got.length === 3) clock.pass(15 * 60_000);
      }
    });
    expect(got).toEqual(upload.pages);
  });

  test('a base URL that ends before its time is renewed', async () => {
    const { fake, read, paths } = await world(titles);
    fake.faults.imageStatuses = [403];
    expect(await read()).toEqual(upload.pages);
    expect(paths('/at-home/')).toHaveLength(2);
  });

  test('a storm of 429 is waited out for as long as the answers say', async () => {
    const { clock, fake, read } = await world(titles);
    fake.faults.storm = 6;
    fake.faults.stormSeconds = 40;
    const started = clock.now();
    expect(await read()).toEqual(upload.pages);
    expect(clock.now() - started).toBeGreaterThan(6 * 39_000);
    expect(fake.seen.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test('a storm in the middle of the images stops all of them, and loses none', async () => {
    const { fake, source } = await world(titles);
    const got: Buffer[] = [];
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const { image } of pages()) {
        got.push(Buffer.from(image));
        if (got.length === 2) fake.faults.storm = 3;
      }
    });
    expect(got).toEqual(upload.pages);
  });

  test('a storm without end is a named error and no endless wait', async () => {
    const { fake, read } = await world(titles);
    fake.faults.storm = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('429'),
    });
    fake.faults.stormSeconds = 3600;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('takes no requests until'),
    });
  });

  test('a connection cut in the middle of a page brings that page again, whole', async () => {
    const { fake, read } = await world(titles);
    fake.faults.cutImages = 2;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports.filter(({ success }) => success === false)).toHaveLength(2);
  });

  test('a page whose content is not what its hash says is fetched again', async () => {
    const { fake, read } = await world(titles);
    fake.faults.wrongHashes = 1;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports.filter(({ success }) => success === false)).toHaveLength(1);
  });

  test('a page that stays wrong makes the chapter unreadable, by name', async () => {
    const { fake, read } = await world(titles);
    fake.faults.wrongHashes = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringMatching(/page 1 can't be had .*SHA-256/),
    });
  });

  test('an empty page is fetched again; one that stays empty makes the chapter unreadable', async () => {
    const { fake, read } = await world(titles);
    fake.faults.emptyImages = 1;
    expect(await read()).toEqual(upload.pages);
    fake.faults.emptyImages = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringContaining('an empty file'),
    });
  });

  test('5xx and then success, at the API and at the images', async () => {
    const { fake, read } = await world(titles);
    fake.faults.apiStatuses = [500, 503, 502];
    fake.faults.imageStatuses = [500, 503];
    expect(await read()).toEqual(upload.pages);
  });

  test('5xx without end is a named error that may pass', async () => {
    const { fake, read } = await world(titles);
    fake.faults.apiStatuses = Array(10).fill(503);
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('503'),
    });
  });

  test('a dead image server is reported and left for another', async () => {
    const { fake, read, paths } = await world(titles);
    fake.faults.badHost = fake.dead;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports).toContainEqual(
      expect.objectContaining({ success: false, bytes: 0, url: expect.stringContaining(fake.dead) }),
    );
    expect(paths('/at-home/').length).toBeLessThan(5);
  });

  test.each(['http://169.254.169.254', 'https://10.0.0.1:8443', 'https://[fd00:ec2::254]'])(
    'an image server at %s is never connected to, and left for another',
    async (badHost) => {
      const { fake, read } = await world(titles);
      fake.faults.badHost = badHost;
      const started = performance.now();
      expect(await read()).toEqual(upload.pages);
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );

  test('garbage instead of JSON is asked for again, and named when it stays', async () => {
    const { fake, read } = await world(titles);
    fake.faults.garbage = 2;
    expect(await read()).toEqual(upload.pages);
    fake.faults.garbage = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining("can't be read"),
    });
  });

  test('an upload that is replaced while it is read is not mixed with the new one', async () => {
    const { fake, read } = await world(titles);
    fake.faults.replacedAfter = 1;
    fake.faults.imageStatuses = [500];
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringContaining('anew'),
    });
  });

  test('reports that fail cost no page', async () => {
    const { fake, read } = await world(titles);
    fake.faults.reportsFail = true;
    expect(await read()).toEqual(upload.pages);
  });

  test('a chapter that was taken off is unreadable at once', async () => {
    const { read, paths } = await world(titles);
    await expect(read(`mangadex/${titleId}/77`)).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    expect(paths('/')).toHaveLength(1);
  });

  test('a refusal by the API is told with its reason and not repeated', async () => {
    const { fake, read, paths } = await world(titles);
    fake.faults.apiStatuses = [403];
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('403: fault (fake)'),
    });
    expect(paths('/')).toHaveLength(1);
  });
});
