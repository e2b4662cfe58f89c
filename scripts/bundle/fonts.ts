import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotoFile, notoFolder, notoPackages } from '../../workers/renderer/lettering/noto.ts';
import { type Files, filesOf } from './files.ts';

/** The package that shapes text in these fonts; it searches for its WebAssembly next to the code. */
export const shaper = 'harfbuzzjs';

/**
 * Returns the files that the renderer's letters need next to its code: the font of burnt-in subtitles, the shaper, and
 * the used files of each font for non-Latin letters. Each font has its licence beside it. The outlines of Latin letters
 * are part of the code.
 */
export async function fontFiles(root: string): Promise<Files> {
  const fonts = await Promise.all([
    filesOf(join(root, 'workers/renderer/fonts'), 'fonts', (file) => !file.endsWith('.json')),
    ...notoPackages.map((name) => {
      const folder = `node_modules/${notoFolder(name)}`;
      return filesOf(join(root, folder), folder, (file) => isNotoFile(name, file));
    }),
  ]);
  return new Map([
    ['harfbuzz.wasm', await readFile(join(root, `node_modules/${shaper}/dist/harfbuzz.wasm`))],
    ...fonts.flatMap((files) => [...files]),
  ]);
}
