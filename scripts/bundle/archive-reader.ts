import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './files.ts';

/** The package that reads RAR and 7z. */
export const archiveReader = 'libarchive-wasm';

/** Its WebAssembly, which no bundler can fold in, at the place where the package is looked for. */
export async function archiveReaderFiles(root: string): Promise<Files> {
  const file = `node_modules/${archiveReader}/dist/libarchive.wasm`;
  return new Map([[file, await readFile(join(root, file))]]);
}
