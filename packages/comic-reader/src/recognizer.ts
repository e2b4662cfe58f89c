import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Tesseract from 'tesseract.js';
import { type RecognizedWord, wordsOfHocr } from './hocr.ts';
import type { Raster } from './raster.ts';

/** Words of a picture, line by line from the top. */
export interface Recognizer {
  recognize(picture: Raster): Promise<RecognizedWord[][]>;
  close(): Promise<void>;
}

/** Trained data: a language's code and the folder of `<code>.traineddata.gz`. */
export interface TrainedData {
  code: string;
  folder(): string;
}

/** The data of an npm package `@tesseract.js-data/<code>`; no download, ever. */
export const packagedData = (code: string): TrainedData => ({
  code,
  folder: () =>
    join(
      dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${code}/package.json`)),
      '4.0.0_best_int',
    ),
});

/** The data that lies in this repository (see data/README.md): smaller, and better at hand lettering. */
export const fastVietnamese: TrainedData = {
  code: 'vie',
  folder: () => fileURLToPath(new URL('./data', import.meta.url)),
};

/**
 * Starts tesseract in a worker thread on its first use and keeps it for all pages.
 * @param data `vie` also reads plain Latin script, `…_vert` columns from the right
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
      // Without it tesseract prints its guess for every picture.
      user_defined_dpi: '300',
      debug_file: '/dev/null',
      // Every letter with its rivals, from which the language chooses.
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

/** The plainest image format there is: nothing to compress here or unpack there. */
function pgm({ width, height, data }: Raster): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}
