import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../../../domain/errors.ts';
import type { LogLine } from '../../../domain/log.ts';
import { diskFiles } from '../disk-files.ts';
import { librarySource } from '../library.ts';

let folder: string;
let lines: LogLine[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-file-test-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (path: string, content: string | Uint8Array = 'a page') => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
};
const library = (path = folder) => librarySource(diskFiles(path), (line) => void lines.push(line));
const settingsOf = (id: string) =>
  library().withChapter(id, ({ readSettings }) => Promise.resolve(readSettings?.()));
const listed = async () =>
  new Map(
    await Promise.all(
      (await Array.fromAsync(library().list())).map(
        async ({ chapter_id, readSettings }) => [chapter_id, (await readSettings?.())?.file] as const,
      ),
    ),
  );

test('the settings in the folder of a series are those of its chapters, also in folders of volumes', async () => {
  await write('Mèo/Tập 1/Chương 1/1.png');
  await write('Mèo/Tập 2/Chương 2/1.png');
  await write('Phố/Chương 1/1.png');
  await write('Mèo/manga-pipeline.json', '\uFEFF{"music": "calm"}');
  const settings = { file: 'Mèo/manga-pipeline.json', settings: { music: 'calm' } };
  expect(await settingsOf('Mèo/Tập 1/Chương 1')).toEqual(settings);
  expect(await settingsOf('Mèo/Tập 2/Chương 2')).toEqual(settings);
  expect(await settingsOf('Phố/Chương 1')).toBeUndefined();
  expect(await listed()).toEqual(
    new Map([
      ['Mèo/Tập 1/Chương 1', settings.file],
      ['Mèo/Tập 2/Chương 2', settings.file],
      ['Phố/Chương 1', undefined],
    ]),
  );
  expect(lines).toEqual([]);
});

test('those at the root are for the series that have no folder', async () => {
  await write('Mèo 1/1.png');
  await write('Phố/Chương 1/1.png');
  await write('manga-pipeline.json', '{}');
  expect(await settingsOf('Mèo 1')).toEqual({ file: 'manga-pipeline.json', settings: {} });
  expect(await settingsOf('Phố/Chương 1')).toBeUndefined();
});

test('a file of settings that no series has is named', async () => {
  await write('Mèo/Tập 1/Chương 1/1.png');
  await write('Mèo/Tập 1/manga-pipeline.json', '{}');
  expect(await listed()).toEqual(new Map([['Mèo/Tập 1/Chương 1', undefined]]));
  expect(lines).toEqual([
    expect.objectContaining({ event: 'files_are_not_chapters', files: 'Mèo/Tập 1/manga-pipeline.json' }),
  ]);
});

test('a file of settings among pages is named as one that is not a page', async () => {
  await write('1.png');
  await write('manga-pipeline.json', '{}');
  const [{ chapter_id = '' } = {}] = await Array.fromAsync(library().list());
  await library().withChapter(chapter_id, async ({ metadata, readSettings }) => {
    expect(metadata.skipped_files).toEqual(['manga-pipeline.json']);
    expect(readSettings).toBeUndefined();
  });
});

test.each([
  ['is empty', '', 'a/manga-pipeline.json is not JSON'],
  ['is a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'a/manga-pipeline.json is not JSON'],
  ['is huge', `{"narrationTone": "${'x'.repeat(300_000)}"}`, 'a/manga-pipeline.json is larger than 256 KiB'],
])('a file that %s is named', async (_, content, message) => {
  await write('a/1/1.png');
  await write('a/manga-pipeline.json', content);
  await expect(settingsOf('a/1')).rejects.toThrow(message);
  await expect(settingsOf('a/1')).rejects.toThrow(ConfigurationError);
});

test('a link is not followed', async () => {
  await write('a/1/1.png');
  await write('elsewhere.json', '{}');
  await symlink(join(folder, 'elsewhere.json'), join(folder, 'a/manga-pipeline.json'));
  await expect(settingsOf('a/1')).rejects.toThrow('a/manga-pipeline.json is a link');
});
