import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './files.ts';

/** The package that signs videos. */
export const signingLibrary = '@contentauth/c2pa-wasm';

/** Its WebAssembly, which no bundler can include, and what resolves it. Only stages that sign get its 9 MB. */
export async function signingFiles(root: string): Promise<Files> {
  const files = ['package.json', 'pkg/c2pa_bg.wasm'].map((file) => `node_modules/${signingLibrary}/${file}`);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(root, file))] as const)),
  );
}
