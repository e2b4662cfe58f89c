import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { diskFiles } from '../disk-files.ts';
import { librarySource } from '../library.ts';
import { seriesId } from './metadata.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metadata-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const page = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const cbz = (files: Record<string, string> = {}) =>
  zipSync({
    '1.png': page,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  });
const info = (inner: string) => `<ComicInfo>${inner}</ComicInfo>`;
const write = async (files: Record<string, Uint8Array | string>) => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
};
const metadataOf = (id: string) =>
  librarySource(diskFiles(folder), () => undefined).withChapter(id, async ({ metadata }) => metadata);

test('uses the names of folder and file without metadata', async () => {
  await write({
    'Ngõ Mây/Tập 2/Chương 021 - Mưa.cbz': cbz(),
    'Ngõ Mây/Ngoại truyện.cbz': cbz(),
    'Ngõ Mây/v03.cbz': cbz(),
  });
  expect(await metadataOf('Ngõ Mây/Tập 2/Chương 021 - Mưa')).toMatchObject({
    ...{ manga_id: 'ngõ-mây', manga_title: 'Ngõ Mây', number: '21', title: 'Mưa', volume: '2' },
  });
  expect(await metadataOf('Ngõ Mây/Ngoại truyện')).toMatchObject({ number: null, title: 'Ngoại truyện' });
  expect(await metadataOf('Ngõ Mây/v03')).toMatchObject({ number: null, volume: '3', title: 'Tập 3' });
});

test('names the season of a chapter if each begins with a chapter 1', async () => {
  await write({
    'Ngõ Mây/Season 1/Chương 1.cbz': cbz(),
    'Ngõ Mây/Season 2/Chương 1.cbz': cbz({
      'ComicInfo.xml': info('<Series>雲</Series><LocalizedSeries>Ngõ Mây</LocalizedSeries>'),
    }),
    'Ngõ Mây/Ngoại truyện.cbz': cbz(),
    'Phố/Season 1/Chương 1.cbz': cbz(),
    'Phố/Season 2/Chương 2.cbz': cbz(),
  });
  expect(await metadataOf('Ngõ Mây/Season 1/Chương 1')).toMatchObject({
    ...{ manga_id: 'ngõ-mây', manga_title: 'Ngõ Mây, Mùa 1', number: '1' },
  });
  expect(await metadataOf('Ngõ Mây/Season 2/Chương 1')).toMatchObject({
    ...{ manga_title: '雲, Mùa 2', localized_title: 'Ngõ Mây, Mùa 2' },
  });
  expect(await metadataOf('Ngõ Mây/Ngoại truyện')).toMatchObject({ manga_title: 'Ngõ Mây' });
  expect(await metadataOf('Phố/Season 2/Chương 2')).toMatchObject({ manga_title: 'Phố' });
});

test('uses the metadata of a series for its chapters, after a chapter’s own', async () => {
  await write({
    'Attack/ComicInfo.xml': info(
      '<Series>進撃の巨人</Series><LocalizedSeries>Attack on Titan</LocalizedSeries><Number>9</Number><Title>No</Title><LanguageISO>jpn</LanguageISO><Manga>YesAndRightToLeft</Manga><Writer>Isayama</Writer><AgeRating>Teen</AgeRating>',
    ),
    'Attack/1.cbz': cbz(),
    'Attack/2.cbz': cbz({
      'comicinfo.XML': info('<Series>Attack</Series><LanguageISO>vi</LanguageISO><Writer>B</Writer>'),
    }),
  });
  expect(await metadataOf('Attack/1')).toMatchObject({
    ...{
      manga_title: '進撃の巨人',
      localized_title: 'Attack on Titan',
      number: '1',
      title: null,
      language: 'ja',
    },
    ...{ reading_direction: 'rtl', age_rating: 'Teen', credits: [{ role: 'Kịch bản', name: 'Isayama' }] },
  });
  expect(await metadataOf('Attack/2')).toMatchObject({
    ...{
      manga_title: 'Attack',
      language: 'vi',
      reading_direction: 'rtl',
      credits: [{ role: 'Kịch bản', name: 'B' }],
    },
  });
});

test('series.json and details.json name the series', async () => {
  await write({
    'a/series.json': JSON.stringify({
      metadata: { type: 'comicSeries', name: 'Saga of A', publisher: 'P', age_rating: 'All', year: 2003 },
    }),
    'a/1.cbz': cbz(),
    'b/details.json': JSON.stringify({ title: 'Saga of B', author: 'An', status: '1' }),
    'b/1/1.png': page,
    'd/details.json': JSON.stringify({ title: 'D', description: 'Phố. Vui lòng không reup!' }),
    'd/1.cbz': cbz(),
    'c/series.json': '{ broken',
    'c/1.cbz': cbz(),
  });
  expect(await metadataOf('a/1')).toMatchObject({
    manga_title: 'Saga of A',
    age_rating: 'All',
    credits: [{ name: 'P' }],
  });
  expect(await metadataOf('b/1')).toMatchObject({ manga_title: 'Saga of B', credits: [{ name: 'An' }] });
  expect(await metadataOf('d/1')).toMatchObject({ republication_forbidden: 'Vui lòng không reup!' });
  expect(await metadataOf('c/1')).toMatchObject({
    manga_title: 'c',
    notes: [expect.stringMatching(/^c\/series\.json can't be read/)],
  });
});

const mylar = JSON.stringify({ metadata: { name: 'Ngõ Mây', publisher: 'P' } });
const utf16 = Buffer.from(`\uFEFF${mylar}`, 'utf16le');

test.each<[string, Uint8Array | string]>([
  ['UTF-16 LE', utf16],
  ['UTF-16 BE', Buffer.from(utf16).swap16()],
  ['UTF-16 without a mark', utf16.subarray(2)],
  ['UTF-8 with a mark', `\uFEFF${mylar}`],
  ['a list of one', `[${mylar}]`],
  ['without metadata around it', JSON.stringify({ name: 'Ngõ Mây', publisher: 'P' })],
  ['with more fields than are known', JSON.stringify({ title: 'Ngõ Mây', publisher: ['P'], tags: { a: 1 } })],
])('reads a series.json in %s', async (_, content) => {
  await write({ 'a/series.json': content, 'a/1.cbz': cbz() });
  expect(await metadataOf('a/1')).toMatchObject({
    ...{ manga_title: 'Ngõ Mây', credits: [{ role: 'Phát hành', name: 'P' }], notes: [] },
  });
});

test.each<[string, Uint8Array | string, string]>([
  ['several series', `[${mylar},${mylar}]`, 'a/series.json describes 2 series, so it is not used'],
  ['another shape', '{"items": []}', 'a/series.json does not name its series'],
  ['a text alone', '"Ngõ Mây"', 'a/series.json does not name its series'],
  ['null', 'null', 'a/series.json does not name its series'],
  ['a title in several languages', '{"title": {"vi": "Mây"}}', 'a/series.json: title is not a text'],
  ['nothing', '', "a/series.json can't be read"],
  ['2 MiB', `{"name": "${'x'.repeat(2_000_000)}"}`, "a/series.json can't be read: a/series.json is larger"],
  [
    'a broken byte',
    Buffer.concat([Buffer.from('{"title": "Ngõ Mâ'), Buffer.of(0xff), Buffer.from('"}')]),
    'a/series.json is UTF-8 with 1 broken character: byte 20 is 0xff',
  ],
])('notes a series.json with %s', async (_, content, note) => {
  await write({ 'a/series.json': content, 'a/1.cbz': cbz() });
  const { manga_title, notes } = await metadataOf('a/1');
  expect([manga_title, notes?.[0]]).toEqual(['a', expect.stringContaining(note)]);
});

test('uses the ComicInfo.xml nearest the root', async () => {
  await write({
    'x.cbz': cbz({
      'b/ComicInfo.xml': info('<Series>deep</Series>'),
      'COMICINFO.xml': info('<Series>near</Series>'),
    }),
  });
  expect((await metadataOf('x')).manga_title).toBe('near');
});

test('names files that are not pages, except those of the system', async () => {
  await write({
    's/1.cbz': cbz({
      'note.txt': 'hi',
      'a/book.pdf': '%PDF',
      '.hidden.png': 'x',
      '__MACOSX/._1.png': 'x',
      'Thumbs.db': 'x',
    }),
    's/2/1.png': page,
    's/2/readme.nfo': 'x',
    's/2/.DS_Store': 'x',
  });
  expect(await metadataOf('s/1')).toMatchObject({
    source_pages: 1,
    skipped_files: ['.hidden.png', 'a/book.pdf', 'note.txt'],
  });
  expect(await metadataOf('s/2')).toMatchObject({ source_pages: 1, skipped_files: ['s/2/readme.nfo'] });
});

test('shortens a long list of files that are not pages, and says so', async () => {
  await write({ 'x.cbz': cbz(Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.txt`, 'x']))) });
  const { skipped_files } = await metadataOf('x');
  expect(skipped_files).toHaveLength(101);
  expect(skipped_files?.at(-1)).toBe('and 50 more');
});

test('stores a sentence that forbids republication as data, not as a licence', async () => {
  await write({
    's/ComicInfo.xml': info('<Notes>Licence: see site. Vui lòng không reup!</Notes>'),
    's/1.cbz': cbz(),
  });
  expect(await metadataOf('s/1')).toMatchObject({
    licence: null,
    republication_forbidden: 'Vui lòng không reup!',
  });
});

test('a text file beside the pages or the chapters can forbid republication', async () => {
  await write({
    's/1.cbz': cbz({ 'readme.txt': 'Do not repost our scans.' }),
    't/README.txt': 'Vui lòng không reup!',
    't/1.cbz': cbz(),
  });
  expect((await metadataOf('s/1')).republication_forbidden).toBe('Do not repost our scans.');
  expect((await metadataOf('t/1')).republication_forbidden).toBe('Vui lòng không reup!');
});

test('a volume with a title keeps both', async () => {
  await write({ 's/Tome 01 - La Serpe.cbz': cbz(), 's/Tome 02.cbz': cbz() });
  expect(await metadataOf('s/Tome 01 - La Serpe')).toMatchObject({ title: 'Tập 1: La Serpe', volume: '1' });
  expect(await metadataOf('s/Tome 02')).toMatchObject({ title: 'Tập 2', volume: '2' });
});

test('the Format of an annual makes its number that of an extra', async () => {
  await write({ 's/x.cbz': cbz({ 'ComicInfo.xml': info('<Number>1</Number><Format>Annual</Format>') }) });
  expect(await metadataOf('s/x')).toMatchObject({ number: null, title: 'Annual 1' });
});

test('puts the cover before the other pages', async () => {
  await write({ 'x.cbz': cbz({ 'cover.png': 'x', '000.png': 'x' }) });
  const names = await librarySource(diskFiles(folder), () => undefined).withChapter('x', async ({ pages }) =>
    (await Array.fromAsync(pages())).map(({ name }) => name),
  );
  expect(names).toEqual(['x.cbz: cover.png', 'x.cbz: 000.png', 'x.cbz: 1.png']);
});

test('gives different titles different series ids', () => {
  const titles = [
    'Ngõ Mây',
    'C',
    'C++',
    'C#',
    'K-On!',
    'K On',
    '+Anima',
    'Anima',
    '!?',
    '？！',
    '進撃の巨人',
  ];
  expect(new Set(titles.map(seriesId)).size).toBe(titles.length);
  expect(seriesId('Ngõ Mây')).toBe('ngõ-mây');
  expect(seriesId('NGÕ MÂY'.normalize('NFD'))).toBe('ngõ-mây');
});
