import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { ChapterSource } from './chapter-source.ts';
import { diskFiles } from './disk-files.ts';
import { librarySource } from './library.ts';
import { rar4, rar5, sevenZip, tar } from './testing/archives.ts';

const page = Buffer.from('bytes that the library takes for an image');
const info = Buffer.from(`<?xml version="1.0"?><ComicInfo>
  <Series>Mèo Mun</Series><Number>1</Number><Title>Đêm &amp; mưa</Title><LanguageISO>vi</LanguageISO>
  <Writer>An</Writer><Translator>Bình</Translator><Manga>YesAndRightToLeft</Manga><Notes>Licence: CC BY 4.0</Notes>
</ComicInfo>`);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const library = (path = folder, blocklist?: unknown): ChapterSource =>
  librarySource(
    diskFiles(path),
    () => undefined,
    async () => blocklist,
  );
const write = async (path: string, bytes: Uint8Array) => {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), bytes);
};
const idsOf = async (source: ChapterSource) =>
  (await Array.fromAsync(source.list())).map(({ chapter_id }) => chapter_id);
const namesOf = (source: ChapterSource, id: string) =>
  source.withChapter(id, async (chapter) => (await Array.fromAsync(chapter.pages())).map(({ name }) => name));

test('finds archives and folders with images, in natural order', async () => {
  await write('series/ch 10.cbz', zipSync({ '1.png': page }));
  await write('series/ch 2.CBZ', zipSync({ '1.png': page }));
  await write('loose/002.jpg', page);
  await write('loose/001.jpg', page);
  await write('notes.txt', page);
  await write('__MACOSX/._x.cbz', page);
  expect(await idsOf(library())).toEqual(['loose', 'series/ch 2', 'series/ch 10']);
});

test('reads pages in natural order, and the metadata of ComicInfo.xml', async () => {
  await write(
    'a.cbz',
    zipSync({ 'p10.png': page, 'p2.png': page, '__MACOSX/._p2.png': page, 'ComicInfo.xml': info }),
  );
  const source = library();
  expect(await namesOf(source, 'a')).toEqual(['a.cbz: p2.png', 'a.cbz: p10.png']);
  await source.withChapter('a', async ({ metadata, pageCount }) => {
    expect(pageCount).toBe(2);
    expect(metadata).toEqual({
      chapter_id: 'a',
      manga_id: 'mèo-mun',
      manga_title: 'Mèo Mun',
      number: '1',
      title: 'Đêm & mưa',
      summary: null,
      language: 'vi',
      reading_direction: 'rtl',
      credits: [
        { role: 'Kịch bản', name: 'An' },
        { role: 'Dịch', name: 'Bình' },
      ],
      licence: 'Licence: CC BY 4.0',
      source: { name: 'library', url: null },
      localized_title: null,
      volume: null,
      age_rating: null,
      republication_forbidden: null,
      limiting_notes: [],
      source_pages: 2,
      skipped_files: [],
      notes: [],
    });
  });
});

test('lists which names say where a chapter belongs in its series', async () => {
  const names = ['Mèo/Prologue', 'Mèo/Vol 1', 'Mèo/Chapter 2', 'Mèo/Ngoại truyện 1', 'Mèo/Trời mưa'];
  for (const name of names) await write(`${name}.cbz`, zipSync({ '1.png': page }));
  const listed = await Array.fromAsync(library().list());
  expect(listed.map(({ chapter_id, hasPlace }) => [chapter_id, hasPlace])).toEqual([
    ['Mèo/Prologue', true],
    ['Mèo/Vol 1', true],
    ['Mèo/Chapter 2', true],
    ['Mèo/Ngoại truyện 1', undefined],
    ['Mèo/Trời mưa', undefined],
  ]);
});

test('an archive with several chapters in folders becomes one video, in order', async () => {
  await write('arc.cbz', zipSync({ 'ch 10/1.png': page, 'ch 2/2.png': page, 'ch 2/1.png': page }));
  expect(await namesOf(library(), 'arc')).toEqual([
    'arc.cbz: ch 2/1.png',
    'arc.cbz: ch 2/2.png',
    'arc.cbz: ch 10/1.png',
  ]);
});

test('a single archive or a single folder of pages is a library of one chapter', async () => {
  await write('only.cbz', zipSync({ '1.png': page }));
  await write('pages/1.png', page);
  expect(await idsOf(library(join(folder, 'only.cbz')))).toEqual(['only']);
  expect(await namesOf(library(join(folder, 'only.cbz')), 'only')).toEqual(['only.cbz: 1.png']);
  expect(await idsOf(library(join(folder, 'pages')))).toEqual(['pages']);
});

test('does not read pages before the requested one', async () => {
  await write('a.cbz', zipSync({ '1.png': page, '2.png': page, '3.png': page }));
  const names = await library().withChapter('a', async ({ pages }) =>
    (await Array.fromAsync(pages(3))).map(({ name }) => name),
  );
  expect(names).toEqual(['a.cbz: 3.png']);
});

test('finds a new file without a restart', async () => {
  const source = library();
  expect(await idsOf(source)).toEqual([]);
  await write('new.cbz', zipSync({ '1.png': page }));
  expect(await idsOf(source)).toEqual(['new']);
});

test('waits until an archive is completely copied, and names one that stays broken', async () => {
  const whole = zipSync({ '1.png': page, '2.png': page });
  for (const path of ['a/1.cbz', 'a/3.cbz', 'b/1.cbz']) await write(path, whole);
  await write('a/2.cbz', whole.subarray(0, whole.length - 40));
  // Chapters after it wait, so that a series stays in order.
  expect(await idsOf(library())).toEqual(['a/1', 'b/1']);
  await write('a/2.cbz', whole);
  expect(await idsOf(library())).toEqual(['a/1', 'a/2', 'a/3', 'b/1']);
  await write('broken.cbz', whole.subarray(0, 100));
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, 'broken.cbz'), anHourAgo, anHourAgo);
  expect(await idsOf(library())).toContain('broken');
  await expect(namesOf(library(), 'broken')).rejects.toMatchObject({ name: 'ChapterUnreadable' });
});

test.each([
  ['cbr', rar5({ '1.png': page, '2.png': page })],
  ['cbr', rar4({ '1.png': page, '2.png': page })],
  ['cb7', sevenZip({ '1.png': page, '2.png': page })],
  ['cbt', tar({ '1.png': page, '2.png': page })],
])('also waits for a %s that is still being copied', async (extension, whole) => {
  await write(`a/1.${extension}`, whole.subarray(0, whole.length / 2));
  expect(await idsOf(library())).toEqual([]);
  await write(`a/1.${extension}`, whole);
  expect(await namesOf(library(), 'a/1')).toHaveLength(2);
  expect(await idsOf(library())).toEqual(['a/1']);
});

test('follows no link, and leaves none out silently', async () => {
  await symlink('/etc', join(folder, 'etc'));
  await write('a/1/1.png', page);
  await symlink(join(folder, 'a/1/1.png'), join(folder, 'a/1/2.png'));
  await symlink(join(folder, 'a/1/1.png'), join(folder, 'a/2.cbz'));
  const lines: unknown[] = [];
  const source = librarySource(diskFiles(folder), (line) => lines.push(line));
  expect(await idsOf(source)).toEqual(['a/1', 'a/2']);
  expect(lines).toMatchObject([{ event: 'files_are_not_chapters', files: 'etc' }]);
  await expect(namesOf(source, 'a/1')).rejects.toThrow('a/1/2.png is a link, which is not followed');
  await expect(namesOf(source, 'a/2')).rejects.toThrow('a/2.cbz is a link, which is not followed');
});

/** Returns a valid archive whose entry's name is overwritten, as no honest tool would write it. */
const renamedEntry = (from: string, to: string) => {
  const bytes = Buffer.from(zipSync({ [from]: page }));
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
};
const bomb = () => {
  const bytes = Buffer.from(zipSync({ '1.png': page }));
  const directory = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  bytes.writeUInt32LE(0xf0000000, directory + 24);
  return bytes;
};

test.each<[string, () => Uint8Array, RegExp]>([
  [
    'a file that is not a ZIP',
    () => Buffer.from('this is not a zip'),
    /bad\.cbz can't be read as an archive: it is of an unknown kind/,
  ],
  ['an empty file', () => Buffer.alloc(0), /bad\.cbz can't be read as an archive: it is empty/],
  [
    'a truncated ZIP',
    () => zipSync({ '1.png': page }).slice(0, 60),
    /bad\.cbz .* without its end: it was truncated/,
  ],
  ['no pages', () => zipSync({ 'readme.txt': page }), /bad\.cbz has no pages/],
  [
    'a path out of the archive',
    () => renamedEntry('xx/evil.png', '../evil.png'),
    /bad\.cbz .*invalid relative path.*\.\.\/evil/,
  ],
  ['an absolute path', () => renamedEntry('xevil.png', '/evil.png'), /bad\.cbz .*absolute path/],
  ['a page that claims 4 GB', bomb, /bad\.cbz is too large when unpacked/],
])('rejects an archive with %s in one line that names it', async (_, bytes, message) => {
  await write('bad.cbz', bytes());
  const refused = namesOf(library(), 'bad');
  await expect(refused).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(message),
  });
  await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('\n') });
});

test('an archive inside an archive is not unpacked, and is named', async () => {
  const inner = zipSync({ '1.png': page });
  await write('box.cbz', zipSync({ 'in.cbz': inner }));
  await expect(namesOf(library(), 'box')).rejects.toThrow(
    'box.cbz has no pages: no image files in it; it has in.cbz',
  );
  await write('both.cbz', zipSync({ '1.png': page, 'in.cbz': inner }));
  expect(await library().withChapter('both', async ({ metadata }) => metadata.skipped_files)).toEqual([
    'in.cbz',
  ]);
});

test('unpacks only the beginning of a text or ComicInfo.xml of a hundred megabytes', async () => {
  const huge = Buffer.alloc(100_000_000, ' ');
  await write('a.cbz', zipSync({ '1.png': page, 'ComicInfo.xml': huge, 'notes.txt': huge }));
  const before = process.memoryUsage().arrayBuffers;
  const notes = await library().withChapter('a', async ({ metadata }) => {
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    return metadata.notes;
  });
  expect(notes).toEqual(['a.cbz: ComicInfo.xml is larger than 1 MiB and is not read']);
});

test('a broken ComicInfo.xml becomes a note and does not fail its chapter', async () => {
  await write('bad.cbz', zipSync({ '1.png': page, 'ComicInfo.xml': Buffer.from('<ComicInfo><a>') }));
  const notes = await library().withChapter('bad', async ({ metadata }) => metadata.notes);
  expect(notes).toEqual([expect.stringMatching(/^bad\.cbz: ComicInfo\.xml is not valid XML/)]);
});

test('does not expand entities that a document defines', async () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ComicInfo><Series>&b;&b;</Series></ComicInfo>`;
  await write('bomb.cbz', zipSync({ '1.png': page, 'ComicInfo.xml': Buffer.from(laughs) }));
  const { manga_title, notes } = await library().withChapter('bomb', async ({ metadata }) => metadata);
  expect(manga_title).toBe('bomb');
  expect(notes).toEqual(['bomb.cbz: ComicInfo.xml declares entities and is not read']);
});

test('names a library that does not exist', async () => {
  await expect(idsOf(library(join(folder, 'none')))).rejects.toThrow(/The library .*none does not exist/);
});

test('neither lists nor reads blocked chapters, and a broken list blocks everything', async () => {
  for (const id of ['Mèo/1', 'Mèo/2', 'Mèo Mun/1']) await write(`${id}/1.png`, page);
  expect(await idsOf(library(folder, { library: ['Mèo'] }))).toEqual(['Mèo Mun/1']);
  const blocking = library(folder, { library: ['Mèo/2'] });
  expect(await idsOf(blocking)).toEqual(['Mèo/1', 'Mèo Mun/1']);
  await expect(namesOf(blocking, 'Mèo/2')).rejects.toThrow('Mèo/2 is on the blocklist');
  await expect(idsOf(library(folder, { library: 'Mèo' }))).rejects.toMatchObject({
    name: 'ConfigurationError',
  });
});

test('finds a chapter that was added while the source is in use', async () => {
  await write('Mèo/1/1.png', page);
  const source = library();
  expect(await idsOf(source)).toEqual(['Mèo/1']);
  await write('Mèo/2.cbz', zipSync({ '1.png': page }));
  expect(await idsOf(source)).toEqual(['Mèo/1', 'Mèo/2']);
  expect(await namesOf(source, 'Mèo/2')).toEqual(['Mèo/2.cbz: 1.png']);
});
