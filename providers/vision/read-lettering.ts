import type { Box, Bubble, PageReading } from '../../domain/page.ts';
import { type BubbleText, bubbleText } from './bubble-text.ts';
import type { DecodedPage } from './decode.ts';
import { type PageLanguage, runsDown } from './languages.ts';
import { isolate } from './lettering.ts';
import { overlap, type Raster, toPage } from './raster.ts';
import type { RecognizedWord, Recognizer } from './recognizer.ts';
import { soundEffects } from './sound-effects.ts';
import { areaOf, findLettering, type TextBlock } from './text-blocks.ts';
import { turned, turnedBack } from './tilt.ts';
import { transposed, transposedBox } from './vertical.ts';

export interface LetteringReader {
  recognizer: Recognizer;
  /** BCP 47 of the page, and the language whose data reads it. */
  said: string;
  read: PageLanguage;
}

/** Heights of small letters, in pixels, at which a block is read: the second where the first reading is doubtful or lost something. */
const FIRST = 24;
const SECOND = 30;
const SURE = 90;
/** Readings whose words are as sure as each other, give or take this much: the one that made words of more letters counts. */
const AS_SURE = 2;

/** What was found and read on a page; boxes and areas are in the page's own pixels. */
export interface PageLettering extends Pick<PageReading, 'lettering_area' | 'unread_area'> {
  /** In no particular order. */
  bubbles: Bubble[];
  /** Where something looks like lettering and gave no words. */
  unread: Box[];
}

/**
 * Finds the lettering of a page and reads it.
 * @param reader null where nothing reads the page's language: all of its lettering is unread then
 */
export async function readLettering(
  page: DecodedPage,
  panels: readonly Box[],
  reader: LetteringReader | null,
): Promise<PageLettering> {
  const down = reader !== null && runsDown(reader.read);
  const along = (raster: Raster) => (down ? transposed(raster) : raster);
  const alongBox = (box: Box) => (down ? transposedBox(box) : box);
  const [lettering, print] = [along(page.lettering), along(page.print)];
  const toLettering = page.lettering.width / page.width;
  const onPage = (box: Box) => toPage(alongBox(box), 1 / toLettering, page);
  const { blocks, tilt } = findLettering(
    lettering,
    panels.map((panel) => alongBox(toPage(panel, toLettering, page.lettering))),
  );
  const effects = soundEffects(lettering, blocks);
  const read = async (of: Raster, block: TextBlock) =>
    reader && surerText(of, block, of.width / lettering.width, { ...reader, along });
  const found: PageLettering = { bubbles: [], unread: [], lettering_area: 0, unread_area: 0 };
  // A sound that can't be read is drawn, not said: it takes nothing from the dialogue.
  const add = (block: TextBlock, box: Box, text: BubbleText | null, effect: boolean) => {
    if (text) found.bubbles.push({ ...box, ...text, ...(effect && { effect: true as const }) });
    if (effect) return;
    const area = areaOf(block) / toLettering ** 2;
    found.lettering_area += area;
    if (text) return;
    found.unread.push(box);
    found.unread_area += area;
  };
  for (const block of blocks) add(block, onPage(block), await read(print, block), effects.has(block));
  if (tilt === null || down) return found;
  const turnedPrint = turned(print, tilt.angle);
  for (const block of findLettering(turned(lettering, tilt.angle)).blocks) {
    const around = turnedBack(block, tilt.angle, lettering);
    // What was level is tilted now.
    if (!tilt.rows.some((row) => overlap(row, around) > 0.5 * Math.min(row.w * row.h, around.w * around.h)))
      continue;
    // Nobody says what is written on a thing in the picture.
    add(block, onPage(around), await read(turnedPrint, block), !tilt.askew);
  }
  return found;
}

/**
 * The better of two readings: whichever size suits a hand's letters better. One is enough where it is sure and left no
 * letter without a word.
 */
async function surerText(
  print: Raster,
  block: TextBlock,
  scale: number,
  { recognizer, said, along }: LetteringReader & { along: (raster: Raster) => Raster },
): Promise<BubbleText | null> {
  const readAt = (height: number) => recognizer.recognize(along(isolate(print, block, scale, height)));
  const first = await readAt(FIRST);
  const text = bubbleText(first, said);
  if (sureness(first) >= SURE && text && lettersOf(text.text) === lettersIn(first)) return text;
  const second = await readAt(SECOND);
  const again = bubbleText(second, said);
  if (text && again && Math.abs(text.confidence - again.confidence) <= AS_SURE) {
    const more = lettersOf(again.text) - lettersOf(text.text);
    if (more !== 0) return more > 0 ? again : text;
  }
  return sureness(second) > sureness(first) ? again : text;
}

/** Mean confidence of the letters that were read. */
function sureness(lines: readonly (readonly RecognizedWord[])[]): number {
  let [sum, letters] = [0, 0];
  for (const { text, confidence } of lines.flat()) {
    const own = lettersOf(text);
    sum += own * confidence;
    letters += own;
  }
  return letters === 0 ? 0 : sum / letters;
}

const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
const lettersIn = (lines: readonly (readonly RecognizedWord[])[]): number =>
  lines.flat().reduce((sum, { text }) => sum + lettersOf(text), 0);
