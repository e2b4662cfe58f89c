import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type Tesseract from 'tesseract.js';
import type { Raster } from './raster.ts';

/** A word as the recogniser sees it; `confidence` is 0 to 100. */
export interface RecognizedWord {
  text: string;
  confidence: number;
  /** Height of its box in pixels of the picture given. */
  height: number;
}

/** Words of a picture, line by line from the top. */
export interface Recognizer {
  recognize(picture: Raster): Promise<RecognizedWord[][]>;
  close(): Promise<void>;
}

/** Where the trained data lies that npm brought along; no download, ever. */
function dataFolder(data: string): string {
  const manifest = createRequire(import.meta.url).resolve(`@tesseract.js-data/${data}/package.json`);
  return join(dirname(manifest), '4.0.0_best_int');
}

/**
 * Starts tesseract in a worker thread on its first use and keeps it for all pages.
 * @param data a code whose data package is installed; `vie` also reads plain Latin script, `…_vert` columns from the right
 */
export function createRecognizer(data = 'vie'): Recognizer {
  let worker: Promise<Tesseract.Worker> | null = null;
  const start = async () => {
    const { createWorker, OEM, PSM } = (await import('tesseract.js')).default;
    const started = await createWorker(data, OEM.LSTM_ONLY, {
      langPath: dataFolder(data),
      gzip: true,
      // The default cache would write traineddata into the working directory.
      cacheMethod: 'none',
    });
    await started.setParameters({
      tessedit_pageseg_mode: data.endsWith('_vert') ? PSM.SINGLE_BLOCK_VERT_TEXT : PSM.SINGLE_BLOCK,
      // Without it tesseract prints its guess for every picture.
      user_defined_dpi: '300',
      debug_file: '/dev/null',
    });
    return started;
  };
  return {
    async recognize(picture) {
      worker ??= start();
      const { data: page } = await (await worker).recognize(pgm(picture), {}, { text: false, blocks: true });
      const lines = (page.blocks ?? []).flatMap((b) => b.paragraphs.flatMap((p) => p.lines));
      return lines.map((line) =>
        line.words.map((w) => ({ text: w.text, confidence: w.confidence, height: w.bbox.y1 - w.bbox.y0 })),
      );
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
