import type { DecodedPage } from './decode.ts';
import { crop, toPage } from './image/raster.ts';
import { resized } from './image/resized.ts';
import type { Box } from './page/page.ts';
import type { RecognizedWord } from './reading/hocr.ts';
import type { Recognizer } from './reading/recognizer.ts';
import type { TextDetector } from './reading/text-detector.ts';
import type { RowPart } from './row-parts.ts';

/** Lines that the text detector saw, in the page's pixels. */
export interface SeenLines {
  lines: readonly RowPart[];
  /** Reads a line as it is on the page, once with each of two recognizers; the words are in the page's pixels. */
  read(line: Box): Promise<RecognizedWord[][]>;
}

/** Number of letters in a part of a line that is as long as the line is high. */
const lettersInSquare = 1.9;
/** Room around a line, in its heights, and the height in pixels at which it is read. */
const room = 0.25;
const readHeight = 60;

/** Finds the lines of a page with a detector. They are read only where nothing else read them. */
export async function seenLines(
  { lettering, print, width, height }: DecodedPage,
  detector: TextDetector,
  recognizers: readonly Recognizer[],
): Promise<SeenLines> {
  const lines = await detector.linesOf(lettering);
  const toPrint = print.width / width;
  return {
    lines: lines.map(({ w, h, ...at }) => ({
      ...toPage({ ...at, w, h }, width / lettering.width, { width, height }),
      letters: Math.round((lettersInSquare * w) / h),
    })),
    async read({ x, y, w, h }) {
      const margin = room * h;
      const around = { x: x - margin, y: y - margin, w: w + 2 * margin, h: h + 2 * margin };
      const box = toPage(around, toPrint, print);
      const scale = readHeight / (h * toPrint);
      const picture = resized(crop(print, box), scale);
      const onPage = (word: RecognizedWord): RecognizedWord => {
        const [left, top] = [box.x + word.box.x / scale, box.y + word.box.y / scale];
        const size = { w: word.box.w / scale / toPrint, h: word.box.h / scale / toPrint };
        return { ...word, box: { x: left / toPrint, y: top / toPrint, ...size } };
      };
      const readings: RecognizedWord[][] = [];
      // The last recognizer reads blurred lettering best.
      for (const recognizer of new Set([...recognizers.slice(0, 1), ...recognizers.slice(-1)]))
        readings.push((await recognizer.recognize(picture)).flat().map(onPage));
      return readings;
    },
  };
}
