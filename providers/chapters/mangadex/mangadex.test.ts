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

/** Starts a fake, without limits by default, and a source of its titles that uses the same clock. */
async function fixture(
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
  test('are listed in order, each chapter once, without external or unpublished ones', async () => {
    const { ids, source } = await fixture([
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
    const places = (await Array.fromAsync(source.list())).map(({ hasPlace }) => hasPlace);
    expect(places).toEqual([true, true, true, true, undefined]);
  });

  test('are read from every page of the feed', async () => {
    const uploads = Array.from({ length: 1100 }, (_, index) =>
      uploadOf(index + 1, { pages: [Buffer.from('x')] }),
    );
    const { ids, paths } = await fixture([titleOf(uploads)]);
    expect(await ids()).toHaveLength(1100);
    expect(paths('/manga/').map(({ path }) => new URLSearchParams(path.split('?')[1]).get('offset'))).toEqual(
      ['0', '500', '1000'],
    );
  });

  test('stay the same chapters when a group uploads one again or in a better language', async () => {
    const vietnamese = uploadOf(11, { chapter: '1', publishAt: '2025-01-01T00:00:00+00:00' });
    const english = uploadOf(12, { chapter: '1', language: 'en' });
    const languages = ['vi', 'en'];
    const { ids } = await fixture([titleOf([english])], { languages });
    const later = await fixture([titleOf([english, vietnamese])], { languages });
    expect(await later.ids()).toEqual(await ids());
    expect(await later.read()).toEqual(vietnamese.pages);
  });

  test('are filtered by content rating, when listed and when read', async () => {
    const title = titleOf([uploadOf(1)], { contentRating: 'erotica' });
    const { ids, read } = await fixture([title]);
    expect(await ids()).toEqual([]);
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    expect(await (await fixture([title], { contentRatings: ['erotica'] })).ids()).toEqual([firstChapter]);
  });

  test('do not depend on each other: one that was removed is left out', async () => {
    const gone = '99999999-9999-4999-8999-999999999999';
    const { ids, lines } = await fixture([titleOf([uploadOf(1)])], { titles: [gone, titleId] });
    expect(await ids()).toEqual([firstChapter]);
    expect(lines).toEqual([expect.objectContaining({ event: 'title_left_out', title: gone })]);
  });

  test('are the only ones: a chapter of another title is rejected', async () => {
    const { read } = await fixture([titleOf([uploadOf(1)])]);
    const other = read(`mangadex/${groupId(9)}/1`);
    await expect(other).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  });
});

describe('the blocklist', () => {
  const other = { groups: [{ id: groupId(2), name: 'Nhóm Chó' }] };
  const uploads = [uploadOf(1), uploadOf(2), uploadOf(12, { chapter: '2', ...other }), uploadOf(3, other)];
  const numbers = async (blocked: MangaDexInput['blocked']) =>
    (await (await fixture([titleOf(uploads)], { blocked })).ids()).map((id) => id.split('/').at(-1));

  test('blocks a title, the uploads of a group, and every upload of a chapter', async () => {
    expect(await numbers({ titles: [titleId] })).toEqual([]);
    expect(await numbers({ groups: [groupId(1)] })).toEqual(['2', '3']);
    expect(await numbers({ chapters: [uploadId(2)] })).toEqual(['1', '3']);
    expect(await numbers({ chapters: [`mangadex/${titleId}/2`] })).toEqual(['1', '3']);
  });

  test('that is stored elsewhere takes effect as soon as it is written', async () => {
    let kept: unknown;
    const { ids, read } = await fixture([titleOf(uploads)], {}, { readBlocklist: async () => kept });
    expect(await ids()).toContain(firstChapter);
    kept = { chapters: [uploadId(1)] };
    expect(await ids()).not.toContain(firstChapter);
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    kept = { chapters: 'all' };
    await expect(ids()).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  test('applies to a chapter that a job has already claimed', async () => {
    const { read } = await fixture([titleOf(uploads)], { blocked: { chapters: [uploadId(1)] } });
    await expect(read()).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  });
});

describe('a chapter', () => {
  test('credits its people, its group and MangaDex, with its address', async () => {
    const { source } = await fixture([
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

  test('are read page by page in order, and each image is reported', async () => {
    const upload = uploadOf(1, { pages: pagesOf(20) });
    const { fake, read } = await fixture([titleOf([upload])]);
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

  test('continue with the missing page, without requesting stored ones', async () => {
    const upload = uploadOf(1, { pages: pagesOf(8) });
    const { read, fake } = await fixture([titleOf([upload])]);
    expect(await read(firstChapter, 6)).toEqual(upload.pages.slice(5));
    expect(fake.seen.filter(({ server }) => server === 'image')).toHaveLength(3);
  });

  test('are small if the operator wants to save data', async () => {
    const upload = uploadOf(1);
    const { read, fake } = await fixture([titleOf([upload])], { dataSaver: true });
    expect(await read()).toEqual(upload.pages.map((page) => Buffer.concat([page, Buffer.from('saver')])));
    expect(fake.seen.find(({ server }) => server === 'image')?.path).toContain('/data-saver/');
  });

  test('are no longer requested once the reader stops', async () => {
    const { source, fake } = await fixture([titleOf([uploadOf(1, { pages: pagesOf(60) })])]);
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const _ of pages()) break;
    });
    expect(fake.seen.filter(({ server }) => server === 'image').length).toBeLessThan(15);
  });
});

describe('faults', () => {
  const upload = uploadOf(1, { pages: pagesOf(12) });
  const titles = [titleOf([upload])];

  test('renews the base URL before the 15th minute, so that no image request uses an expired one', async () => {
    const { clock, fake, source, paths } = await fixture(titles);
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

  test('requests images again at a new address if the 15 minutes end while they are in flight', async () => {
    const { clock, source } = await fixture(titles);
    const got: Buffer[] = [];
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const { image } of pages()) {
        got.push(Buffer.from(image));
        if (got.length === 3) clock.pass(15 * 60_000);
      }
    });
    expect(got).toEqual(upload.pages);
  });

  test('renews a base URL that expires early', async () => {
    const { fake, read, paths } = await fixture(titles);
    fake.faults.imageStatuses = [403];
    expect(await read()).toEqual(upload.pages);
    expect(paths('/at-home/')).toHaveLength(2);
  });

  test('waits out a series of 429 for as long as the responses say', async () => {
    const { clock, fake, read } = await fixture(titles);
    fake.faults.storm = 6;
    fake.faults.stormSeconds = 40;
    const started = clock.now();
    expect(await read()).toEqual(upload.pages);
    expect(clock.now() - started).toBeGreaterThan(6 * 39_000);
    expect(fake.seen.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test('pauses all image requests after a 429, and loses none', async () => {
    const { fake, source } = await fixture(titles);
    const got: Buffer[] = [];
    await source.withChapter(firstChapter, async ({ pages }) => {
      for await (const { image } of pages()) {
        got.push(Buffer.from(image));
        if (got.length === 2) fake.faults.storm = 3;
      }
    });
    expect(got).toEqual(upload.pages);
  });

  test('fails with a named error if 429 never ends', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.storm = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('429'),
    });
    fake.faults.stormSeconds = 3600;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('accepts no requests until'),
    });
  });

  test('reads a page again, completely, after a cut connection', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.cutImages = 2;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports.filter(({ success }) => success === false)).toHaveLength(2);
  });

  test('fetches a page again if its content does not match its hash', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.wrongHashes = 1;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports.filter(({ success }) => success === false)).toHaveLength(1);
  });

  test("fails the chapter with the page's name if the page stays wrong", async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.wrongHashes = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringMatching(/page 1 can't be read .*SHA-256/),
    });
  });

  test('fetches an empty page again, and fails the chapter if it stays empty', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.emptyImages = 1;
    expect(await read()).toEqual(upload.pages);
    fake.faults.emptyImages = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringContaining('an empty file'),
    });
  });

  test('retries 5xx of the API and of the image servers', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.apiStatuses = [500, 503, 502];
    fake.faults.imageStatuses = [500, 503];
    expect(await read()).toEqual(upload.pages);
  });

  test('fails with a retryable error if 5xx never ends', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.apiStatuses = Array(10).fill(503);
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('503'),
    });
  });

  test('reports a dead image server and switches to another one', async () => {
    const { fake, read, paths } = await fixture(titles);
    fake.faults.badHost = fake.dead;
    expect(await read()).toEqual(upload.pages);
    expect(fake.reports).toContainEqual(
      expect.objectContaining({ success: false, bytes: 0, url: expect.stringContaining(fake.dead) }),
    );
    expect(paths('/at-home/').length).toBeLessThan(5);
  });

  test.each(['http://169.254.169.254', 'https://10.0.0.1:8443', 'https://[fd00:ec2::254]'])(
    'never connects to an image server at %s, and switches to another one',
    async (badHost) => {
      const { fake, read, paths } = await fixture(titles);
      fake.faults.badHost = badHost;
      expect(await read()).toEqual(upload.pages);
      expect(paths('/at-home/').length).toBeLessThan(5);
    },
  );

  test('retries an invalid response, and reports one that stays invalid', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.garbage = 2;
    expect(await read()).toEqual(upload.pages);
    fake.faults.garbage = 1000;
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('invalid response'),
    });
  });

  test('does not mix an upload with another one that replaces it while it is read', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.replacedAfter = 1;
    fake.faults.imageStatuses = [500];
    await expect(read()).rejects.toMatchObject({
      name: 'ChapterUnreadable',
      message: expect.stringContaining('uploaded again'),
    });
  });

  test('loses no page to failed reports', async () => {
    const { fake, read } = await fixture(titles);
    fake.faults.reportsFail = true;
    expect(await read()).toEqual(upload.pages);
  });

  test('fails immediately for a chapter that was removed', async () => {
    const { read, paths } = await fixture(titles);
    await expect(read(`mangadex/${titleId}/77`)).rejects.toMatchObject({ name: 'ChapterUnreadable' });
    expect(paths('/')).toHaveLength(1);
  });

  test('reports the reason of a refusal by the API, and does not retry it', async () => {
    const { fake, read, paths } = await fixture(titles);
    fake.faults.apiStatuses = [403];
    await expect(read()).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('403: fault (fake)'),
    });
    expect(paths('/')).toHaveLength(1);
  });
});
