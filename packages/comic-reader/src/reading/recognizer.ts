import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Tesseract from 'tesseract.js';
import { dataFile } from '../data-file.ts';
import type { Raster } from '../image/raster.ts';
import { type RecognizedWord, wordsOfHocr } from './hocr.ts';

/** Reads the words of a picture, line by line from the top. */
export interface Recognizer {
  recognize(picture: Raster): Promise<RecognizedWord[][]>;
  close(): Promise<void>;
}

/** Trained data: a language's code and the folder of `<code>.traineddata.gz`. */
export interface TrainedData {
  code: string;
  folder(): string;
}

/** Returns the data of an npm package `@tesseract.js-data/<code>`; nothing is downloaded. */
export const packagedData = (code: string): TrainedData => ({
  code,
  folder: () =>
    join(
      dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}/package.json`)),
      '4.0.0_best_int',
    ),
});

/** Returns data of this package, which npm does not have (see data/README.md). */
const ownData = (code: string): TrainedData => ({
  code,
  folder: () => dirname(fileURLToPath(dataFile(`${code}.traineddata.gz`))),
});

/** Smaller than npm's, and better at blurred print. */
export const fastVietnamese = ownData('vie');

/** Trained on the handwriting and the heavy capitals of comics. */
export const comicVietnamese = ownData('vie_comic');

/**
 * Starts tesseract in a worker thread on its first use and keeps it for all pages.
 * `vie` also reads plain Latin script; `…_vert` reads columns from the right.
 */
export function createRecognizer({ code, folder }: TrainedData): Recognizer {
  let worker: Promise<Tesseract.Worker> | null = null;
  const start = async () => {
    const { createWorker, OEM, PSM } = (await import('tesseract.js')).default;
    const started = await createWorker(code, OEM.LSTM_ONLY, {
      langPath: folder(),
      gzip: true,
      // The default cache would write traineddata into the working directory.
      cacheMethod: 'none',
    });
    await started.setParameters({
      tessedit_pageseg_mode: code.endsWith('_vert') ? PSM.SINGLE_BLOCK_VERT_TEXT : PSM.SINGLE_BLOCK,
      // Otherwise tesseract prints its guess for every picture.
      user_defined_dpi: '300',
      debug_file: '/dev/null',
      // Gives every letter with its alternatives, from which the language chooses.
      lstm_choice_mode: '2',
    });
    return started;
  };
  return {
    async recognize(picture) {
      worker ??= start();
      const { data: page } = await (await worker).recognize(pgm(picture), {}, { text: false, hocr: true });
      return wordsOfHocr(page.hocr ?? '');
    },
    async close() {
      const ending = worker;
      worker = null;
      if (ending) await (await ending).terminate();
    },
  };
}

/** Returns the picture as PGM, which needs no compression. */
function pgm({ width, height, data }: Raster): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}
