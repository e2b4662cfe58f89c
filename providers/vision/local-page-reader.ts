import type { ReadingDirection } from '../../domain/chapter.ts';
import { type Box, type Bubble, type PageAnalysis, panelId } from '../../domain/page.ts';
import { type DecodedPage, decodePage } from './decode.ts';
import { findFocus } from './focus.ts';
import { home } from './home.ts';
import { languageToRead, type PageLanguage, pageLanguages, trainedData } from './languages.ts';
import type { PageReader } from './page-reader.ts';
import { findPanels } from './panels.ts';
import { intersection, toPage } from './raster.ts';
import { readLettering } from './read-lettering.ts';
import { type KnownDirection, readingOrder } from './reading-order.ts';
import { createRecognizer, type Recognizer } from './recognizer.ts';
import { isStrip } from './strip.ts';

export interface PageReaderOptions {
  /** Languages whose data is at hand, preferred first. */
  languages?: readonly PageLanguage[];
  /** Starts what reads a language; by default tesseract with the data that npm brings along. */
  recognizerOf?: (language: PageLanguage) => Recognizer;
  /** Told how long the two halves of the work took, in milliseconds. */
  onTiming?: (timing: { page: number; panels: number; text: number }) => void;
}

/** The embedded page reader: geometry for panels, tesseract for bubbles, no network. */
export function createPageReader(options: PageReaderOptions = {}): PageReader {
  const { languages = pageLanguages, recognizerOf = (language) => createRecognizer(trainedData[language]) } =
    options;
  // A chapter is in one language; a second recogniser would only keep memory.
  let ready: { language: PageLanguage; recognizer: Recognizer } | undefined;
  const recognizerFor = async (language: PageLanguage): Promise<Recognizer> => {
    if (ready?.language === language) return ready.recognizer;
    await ready?.recognizer.close();
    ready = { language, recognizer: recognizerOf(language) };
    return ready.recognizer;
  };
  return {
    async read(page) {
      const started = performance.now();
      const decoded = await decodePage(page.number, page.image);
      const direction = directionOf(page, decoded);
      const panels = panelsOf(decoded, direction);
      const found = performance.now();
      const language = languageToRead(page.language, languages);
      const bubbles = language
        ? await readLettering(decoded, panels, {
            recognizer: await recognizerFor(language),
            said: page.language ?? language,
            read: language,
          })
        : [];
      const analysis = place(page.number, decoded, panels, bubbles, direction);
      options.onTiming?.({ page: page.number, panels: found - started, text: performance.now() - found });
      return analysis;
    },
    async close() {
      await ready?.recognizer.close();
      ready = undefined;
    },
  };
}

/** Where the source does not say: strips scroll, Japanese reads from the right, all else from the left. */
export function directionOf(
  { direction, language }: { direction: ReadingDirection; language: string | null },
  page: { width: number; height: number },
): KnownDirection {
  if (direction !== 'unknown') return direction;
  if (isStrip(page)) return 'ttb';
  return language?.toLowerCase().split('-')[0] === 'ja' ? 'rtl' : 'ltr';
}

/** The panels of a page in reading order, in its own pixels. */
export function panelsOf(page: DecodedPage, direction: KnownDirection): Box[] {
  const boxes = findPanels(page.layout).map((b) => toPage(b, page.width / page.layout.width, page));
  return readingOrder(boxes, direction, page).map((i) => boxes[i] as Box);
}

/** Puts each bubble into its panel, and orders the bubbles of a panel as they are read. */
function place(
  number: number,
  { width, height, layout }: DecodedPage,
  panels: Box[],
  bubbles: Bubble[],
  direction: KnownDirection,
): PageAnalysis {
  const toLayout = layout.width / width;
  const lettered = bubbles.map((bubble) => toPage(bubble, toLayout, layout));
  const focusOf = (panel: Box) => {
    const found = findFocus(layout, toPage(panel, toLayout, layout), lettered);
    return found && intersection(toPage(found, 1 / toLayout, { width, height }), panel);
  };
  const homes = bubbles.map((bubble) => home(bubble, panels));
  return {
    number,
    width,
    height,
    panels: panels.map((box, i) => {
      const own = bubbles.filter((_, b) => homes[b] === i);
      const order = readingOrder(own, direction === 'ttb' ? 'ltr' : direction);
      const focus = focusOf(box);
      return {
        ...box,
        id: panelId(number, i + 1),
        bubbles: order.map((b) => own[b] as Bubble),
        ...(focus && { focus }),
      };
    }),
  };
}
