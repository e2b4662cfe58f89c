import { bubbleOrder } from './bubble-order.ts';
import { decodePage } from './decode.ts';
import type { KnownDirection, ReadingDirection } from './direction.ts';
import { languageToRead, type PageLanguage, pageLanguages, trainedData } from './languages.ts';
import { saidIn } from './page.ts';
import { panelsOf } from './page-panels.ts';
import type { PageReader } from './page-reader.ts';
import { readingOf } from './page-reading.ts';
import { placed } from './placed-bubbles.ts';
import { readLettering } from './read-lettering.ts';
import { createRecognizer, fastVietnamese, packagedData, type Recognizer } from './recognizer.ts';
import { sharpnessOf } from './sharpness.ts';
import { isStrip } from './strip.ts';

export interface PageReaderOptions {
  /** Languages whose data is at hand, preferred first. */
  languages?: readonly PageLanguage[];
  /** Starts what reads a language, the best opinion first; by default tesseract with the data that lies here. */
  recognizersOf?: (language: PageLanguage) => Recognizer[];
  /** Told how long the two halves of the work took, in milliseconds. */
  onTiming?: (timing: { page: number; panels: number; text: number }) => void;
}

/** The embedded page reader: geometry for panels, tesseract for bubbles, no network. */
export function createPageReader(options: PageReaderOptions = {}): PageReader {
  const { languages = pageLanguages, recognizersOf = tesseracts } = options;
  // A chapter is in one language; those of a second one would only keep memory.
  let ready: { language: PageLanguage; recognizers: Recognizer[] } | undefined;
  const close = async () => {
    for (const recognizer of ready?.recognizers ?? []) await recognizer.close();
    ready = undefined;
  };
  const recognizersFor = async (language: PageLanguage): Promise<Recognizer[]> => {
    if (ready?.language === language) return ready.recognizers;
    await close();
    ready = { language, recognizers: recognizersOf(language) };
    return ready.recognizers;
  };
  return {
    async read(page) {
      const started = performance.now();
      const decoded = await decodePage(page.number, page.image);
      const direction = directionOf(page, decoded);
      const found = panelsOf(decoded, direction);
      const { panels } = found;
      const divided = performance.now();
      const read = languageToRead(page.language, languages);
      const reader = read && {
        recognizers: await recognizersFor(read),
        said: page.language ?? read,
        read,
      };
      const lettering = await readLettering(decoded, panels, reader);
      const placedPage = placed(page.number, decoded, panels, lettering.bubbles, direction);
      const doubts = placedPage.panels.map((panel) => bubbleOrder(saidIn(panel), direction).doubt);
      const order_doubt = Math.max(found.order_doubt, ...doubts);
      const analysis = {
        ...placedPage,
        reading: readingOf({ ...found, order_doubt }, lettering, sharpnessOf(decoded.lettering)),
      };
      options.onTiming?.({ page: page.number, panels: divided - started, text: performance.now() - divided });
      return analysis;
    },
    close,
  };
}

/** Two kinds of trained data fail at different hands of Vietnamese; the quicker one comes last. */
export const tesseracts = (language: PageLanguage): Recognizer[] => [
  createRecognizer(packagedData(trainedData[language])),
  ...(language === 'vi' ? [createRecognizer(fastVietnamese)] : []),
];

/** Where the source does not say: strips scroll, Japanese reads from the right, all else from the left. */
export function directionOf(
  { direction, language }: { direction: ReadingDirection; language: string | null },
  page: { width: number; height: number },
): KnownDirection {
  if (direction !== 'unknown') return direction;
  if (isStrip(page)) return 'ttb';
  return language?.toLowerCase().split('-')[0] === 'ja' ? 'rtl' : 'ltr';
}
