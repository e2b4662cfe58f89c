import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotoFile, notoFolder, notoPackages } from '../../workers/renderer/lettering/noto.ts';
import { type Files, filesOf } from './files.ts';

/** The package that shapes text in these fonts; it searches for its WebAssembly next to the code. */
export const shaper = 'harfbuzzjs';

/** Returns the files that non-Latin letters need next to the code: the shaper, and the used files of each font. */
export async function notoFiles(root: string): Promise<Files> {
  const read = (file: string) => readFile(join(root, 'node_modules', file));
  const fonts = await Promise.all(
    notoPackages.map((name) => {
      const folder = `node_modules/${notoFolder(name)}`;
      return filesOf(join(root, folder), folder, (file) => isNotoFile(name, file));
    }),
  );
  return new Map([
    ['harfbuzz.wasm', await read(`${shaper}/dist/harfbuzz.wasm`)],
    ...fonts.flatMap((files) => [...files]),
  ]);
}
