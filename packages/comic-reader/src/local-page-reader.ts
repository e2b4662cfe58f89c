import { decodePage } from './decode.ts';
import { isInColour } from './image/colour.ts';
import { sharpnessOf } from './image/sharpness.ts';
import { orderDoubt } from './order-doubt.ts';
import type { KnownDirection, ReadingDirection } from './page/direction.ts';
import { type PageAnalysis, saidIn } from './page/page.ts';
import { panelsOf } from './page-panels.ts';
import type { PageReader, PageToRead } from './page-reader.ts';
import { readingOf } from './page-reading.ts';
import { isStrip } from './panels/strip.ts';
import { placed } from './placed-bubbles.ts';
import { readLettering } from './read-lettering.ts';
import { languageToRead, type PageLanguage, pageLanguages, trainedData } from './reading/languages.ts';
import {
  comicVietnamese,
  createRecognizer,
  fastVietnamese,
  packagedData,
  type Recognizer,
} from './reading/recognizer.ts';
import { createTextDetector, type TextDetector } from './reading/text-detector.ts';
import { dependsOnSide } from './told-order.ts';
import { withoutBalloons } from './without-balloons.ts';

export interface PageReaderOptions {
  /** Languages whose data is available, preferred first; all by default. */
  languages?: readonly PageLanguage[];
  /** Creates the recognizers of a language, the best one first; by default tesseract with the packaged data. */
  recognizersOf?: (language: PageLanguage) => Recognizer[];
  /** Finds lines of text; by default PaddleOCR's network. */
  detector?: TextDetector;
  /** Called with the duration of both halves of the work, in milliseconds. */
  onTiming?: (timing: { page: number; panels: number; text: number }) => void;
}

/** Creates a page reader: geometry for panels, tesseract for lettering, no network. */
export function createPageReader(options: PageReaderOptions = {}): PageReader {
  const { languages = pageLanguages, recognizersOf = tesseracts, detector = createTextDetector() } = options;
  // A chapter is in one language, so the recognizers of a second one would only use memory.
  let ready: { language: PageLanguage; recognizers: Recognizer[] } | undefined;
  const running = new Set<Promise<PageAnalysis>>();
  const closeRecognizers = async () => {
    for (const recognizer of ready?.recognizers ?? []) await recognizer.close();
    ready = undefined;
  };
  const recognizersFor = async (language: PageLanguage): Promise<Recognizer[]> => {
    if (ready?.language === language) return ready.recognizers;
    await closeRecognizers();
    ready = { language, recognizers: recognizersOf(language) };
    return ready.recognizers;
  };
  async function read(page: PageToRead): Promise<PageAnalysis> {
    const started = performance.now();
    const decoded = await decodePage(page.number, page.image);
    const direction = directionOf(page, decoded);
    const found = panelsOf(decoded, direction);
    const divided = performance.now();
    const language = languageToRead(page.language, languages);
    const reader = language && {
      recognizers: await recognizersFor(language),
      detector,
      said: page.language ?? language,
      read: language,
    };
    const lettering = await readLettering(decoded, found.panels, reader);
    const panels = withoutBalloons(found.panels, lettering.bubbles);
    const placedPage = placed(page.number, decoded, panels, lettering.bubbles, direction);
    const said = placedPage.panels.flatMap(saidIn);
    const layout = { panels, bubbles: said, direction, page: decoded };
    const order_doubt = orderDoubt(layout);
    const unknown_direction =
      isDirectionGuessed(page, direction) && !isInColour(decoded.layout) && dependsOnSide(layout);
    const sharpness = sharpnessOf(decoded.lettering);
    const analysis = {
      ...placedPage,
      reading: readingOf({ ...found, panels }, lettering, { order_doubt, unknown_direction, sharpness }),
    };
    options.onTiming?.({ page: page.number, panels: divided - started, text: performance.now() - divided });
    return analysis;
  }

  return {
    read(page) {
      const reading = read(page);
      running.add(reading);
      return reading.finally(() => running.delete(reading));
    },
    async close() {
      // A recognizer never responds after its end.
      await Promise.allSettled(running);
      await closeRecognizers();
      await detector.close();
    },
  };
}

/** Creates tesseract's recognizers. Kinds of trained data fail on different hands of Vietnamese; the last one reads what is unsure. */
export const tesseracts = (language: PageLanguage): Recognizer[] => [
  createRecognizer(packagedData(trainedData[language])),
  ...(language === 'vi' ? [createRecognizer(comicVietnamese), createRecognizer(fastVietnamese)] : []),
];

/** Returns the direction of a page; if it is unknown, strips scroll, and Japanese is read from the right. */
export function directionOf(
  { direction, language }: { direction: ReadingDirection; language: string | null },
  page: { width: number; height: number },
): KnownDirection {
  if (direction !== 'unknown') return direction;
  if (isStrip(page)) return 'ttb';
  return language?.toLowerCase().split('-')[0] === 'ja' ? 'rtl' : 'ltr';
}

/**
 * Returns whether neither the chapter, the form of the page nor the language says how the page is read. Such a page in colour is
 * hardly a manga: those are printed in black and white.
 */
const isDirectionGuessed = ({ direction }: Pick<PageToRead, 'direction'>, read: KnownDirection): boolean =>
  direction === 'unknown' && read === 'ltr';
