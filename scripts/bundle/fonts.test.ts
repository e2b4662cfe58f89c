import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { pieceArguments } from '../../workers/renderer/pieces/piece-arguments.ts';
import { assOf } from '../../workers/renderer/subtitles/burnt-subtitles.ts';
import { compile } from './compile.ts';
import { fontFiles } from './fonts.ts';

const root = join(import.meta.dirname, '..', '..');

/** Bundles a module of the renderer with its fonts, alone in a folder, and returns its path. */
async function bundled(entry: string): Promise<string> {
  const code = (await compile(root, [{ out: 'index', in: entry }])).get('index')?.code ?? new Map();
  const folder = await mkdtemp(join(tmpdir(), 'font-bundle-'));
  folders.push(folder);
  for (const [name, bytes] of [...code, ...(await fontFiles(root))]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return join(folder, 'index.mjs');
}
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

test('a bundle draws a Latin title, and one in kanji, with only its own files', async () => {
  const { letteringOf }: typeof import('../../workers/renderer/lettering/lettering.ts') = await import(
    await bundled('workers/renderer/lettering/lettering.ts')
  );
  const latin = await letteringOf(['Kẻ trộm ô']);
  expect(latin.missing).toEqual([]);
  expect(latin.paths('Kẻ trộm ô', 0, 0, 100).match(/<path /g)).toHaveLength(7);
  const kanji = await letteringOf(['進撃の巨人']);
  expect(kanji.missing).toEqual([]);
  expect(kanji.widthOf('進撃の巨人')).toBeCloseTo(5, 1);
});

test('a bundle burns subtitles in with its own font', async () => {
  const { subtitleFonts }: typeof import('../../workers/renderer/fonts.ts') = await import(
    await bundled('workers/renderer/fonts.ts')
  );
  const file = join(dirname(subtitleFonts()), 'piece.ass');
  await writeFile(file, assOf([{ start: 0, end: 1, lines: ['Ẵm mèo'] }], '16:9', 0, 1) ?? '');
  const filter = pieceArguments('16:9', '', { file, fonts: subtitleFonts() });
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'color=s=1920x1080',
    ...filter.slice(filter.indexOf('-vf')).slice(0, 2),
  ];
  const { stderr } = spawnSync(
    await findFfmpeg(undefined),
    ['-v', 'verbose', ...picture, '-frames:v', '1', '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('fontselect: (Manga Subtitles, 400, 0) -> MangaSubtitlesRegular');
});
