import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileTesseractThread } from './compile.ts';
import type { Files } from './files.ts';

/** For every V8 since 2023, on either architecture; tesseract.js asks for it, though the smaller LSTM core would do. */
const core = 'tesseract-core-relaxedsimd';
const data = 'node_modules/@tesseract.js-data/vie';

/** What reading Vietnamese needs and no bundler can fold in: a thread, its WebAssembly and the trained data. */
export async function ocrFiles(root: string): Promise<Files> {
  const trained = `${data}/4.0.0_best_int/vie.traineddata.gz`;
  const [thread, wasm, manifest, vietnamese] = await Promise.all([
    compileTesseractThread(root, core),
    readFile(join(root, 'node_modules/tesseract.js-core', `${core}.wasm`)),
    readFile(join(root, data, 'package.json')),
    readFile(join(root, trained)),
  ]);
  return new Map([
    ['tesseract-thread.cjs', thread],
    [`${core}.wasm`, wasm],
    [`${data}/package.json`, manifest],
    [trained, vietnamese],
  ]);
}
