import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from './disk-files.ts';
import { librarySource } from './library.ts';
import { normalisePage } from './normalise-page.ts';

const inputs = join(import.meta.dirname, '../../../shared/comics/inputs');
const ifThere = existsSync(inputs) ? test : test.skip;
if (!existsSync(inputs)) console.warn(`The shared inputs are not at ${inputs}; their tests are skipped`);

/** Opens a chapter, its pages normalised like the fetcher does. */
async function opened(library: string, id?: string) {
  const source = librarySource(diskFiles(library), () => undefined);
  const [first] = await Array.fromAsync(source.list());
  return source.withChapter(id ?? first?.chapter_id ?? '', async ({ metadata, pages, pageCount }) => {
    const names: string[] = [];
    for await (const { name, image } of pages()) {
      await normalisePage(image, name);
      names.push(name.replace(/^.*?: /, ''));
    }
    expect(names).toHaveLength(pageCount);
    return { metadata, names };
  });
}
const input = (name: string) => join(inputs, name);

ifThere.each([
  ['mixed-jfif.cbz', ['001.png', '002.jfif', '003.png']],
  ['noext.cbz', ['001.png', '002', '003.png']],
  ['copyparen.cbz', ['page.png', 'page (1).png', 'page (2).png']],
  ['split-folder.cbz', ['Chapter 0060/001.png', 'Chapter 0060 (2)/001.png', 'Chapter 0061/001.png']],
  ['sjis-5c.cbz', ['ページ一.png', 'ページ十.png', '表.png']],
])('reads all pages of %s, in order', async (name, pages) => {
  const { names, metadata } = await opened(input(name));
  expect(names).toEqual(pages);
  expect(metadata).toMatchObject({ source_pages: 3, skipped_files: [] });
});

ifThere("mixed-jxl.cbz fails with the name of the page that can't be read", async () => {
  await expect(opened(input('mixed-jxl.cbz'))).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(/^mixed-jxl\.cbz: 002\.jxl is not a readable image: it is JPEG XL/),
  });
});

ifThere('rar5.cbz is reported as a RAR', async () => {
  await expect(opened(input('rar5.cbz'))).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(/^rar5\.cbz is a RAR 5 archive that is damaged or truncated/),
  });
});

ifThere.each([
  ['pyet.cbz', { manga_title: 'Ngõ Mây', title: 'Kẻ trộm ô', number: '1', language: 'vi', notes: [] }],
  [
    'ci-utf16le.cbz',
    { manga_title: 'Mèo Mun', number: '3', language: 'vi', reading_direction: 'rtl', notes: [] },
  ],
  ['lang-vie.cbz', { manga_title: 'A', language: 'vi', notes: [] }],
  ['numlead.cbz', { manga_title: 'Conan', number: '1' }],
  ['ja.cbz', { manga_title: '進撃の巨人', title: '二千年後の君へ', language: 'ja', number: '1' }],
  ['ci-amp.cbz', { manga_title: 'Tom & Jerry', number: '1', notes: [expect.stringContaining('bare &')] }],
])('reads the metadata of %s', async (name, metadata) => {
  expect((await opened(input(name))).metadata).toMatchObject(metadata);
});

async function unpacked<T>(name: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'shared-'));
  try {
    execFileSync('tar', ['xf', input(name), '-C', folder]);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

ifThere('library-lib.tar: the folder is the series, the file name has the number, ids differ', async () => {
  await unpacked('library-lib.tar', async (folder) => {
    const library = join(folder, 'lib');
    const listed = await Array.fromAsync(librarySource(diskFiles(library), () => undefined).list());
    const read = [];
    for (const { chapter_id, series } of listed) {
      const { manga_title, number, manga_id } = (await opened(library, chapter_id)).metadata;
      read.push([series, manga_title, number, manga_id]);
    }
    expect(read).toEqual([
      ['manga', 'manga', '27', 'manga'],
      ['Mèo Mun', 'Mèo Mun', '3', 'mèo-mun'],
      ['Ngõ Mây', 'Ngõ Mây', '3', 'ngõ-mây'],
      ['Ngõ Mây', 'Ngõ Mây', '4', 'ngõ-mây'],
      ['One Piece', 'One Piece', '1', 'one-piece'],
      ['x', 'x', '2', 'x'],
      ['x', 'x', '12.5', 'x'],
    ]);
  });
});

ifThere('library-lib2.tar: a cover beside chapters is not a chapter', async () => {
  await unpacked('library-lib2.tar', async (folder) => {
    const listed = await Array.fromAsync(
      librarySource(diskFiles(join(folder, 'lib2')), () => undefined).list(),
    );
    expect(listed.map(({ chapter_id }) => chapter_id)).toEqual([
      'Ngõ Mây/Chapter 001',
      'Ngõ Mây/Chapter 002',
      'Ngõ Mây/Chapter 003',
    ]);
  });
});
