import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './files.ts';

/** The package that reads RAR and 7z. */
export const archiveReader = 'libarchive-wasm';

/** Its WebAssembly, which no bundler can include, under the path where the package searches for it. */
export async function archiveReaderFiles(root: string): Promise<Files> {
  const file = `node_modules/${archiveReader}/dist/libarchive.wasm`;
  return new Map([[file, await readFile(join(root, file))]]);
}
