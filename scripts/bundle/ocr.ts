import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileTesseractThread } from './compile.ts';
import type { Files } from './files.ts';

/** For every V8 since 2023, on either architecture; tesseract.js asks for it, though the smaller LSTM core would do. */
const core = 'tesseract-core-relaxedsimd';

/**
 * What reading needs and no bundler can fold in: a thread, its WebAssembly and the trained data.
 * @param data names of npm's packages of trained data, such as `vie`
 */
export async function ocrFiles(root: string, data: readonly string[]): Promise<Files> {
  const trained = data.flatMap((name) => {
    const folder = `node_modules/@tesseract.js-data/${name}`;
    return [`${folder}/package.json`, `${folder}/4.0.0_best_int/${name}.traineddata.gz`];
  });
  const [thread, wasm, ...read] = await Promise.all([
    compileTesseractThread(root, core),
    readFile(join(root, 'node_modules/tesseract.js-core', `${core}.wasm`)),
    ...trained.map((file) => readFile(join(root, file))),
  ]);
  const files = new Map<string, Uint8Array>([
    ['tesseract-thread.cjs', thread],
    [`${core}.wasm`, wasm],
  ]);
  for (const [i, file] of trained.entries()) files.set(file, read[i] as Uint8Array);
  return files;
}
