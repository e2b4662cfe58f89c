import { type BubbleText, bubbleText } from './bubble-text.ts';
import type { ReadWord, RecognizedWord } from './hocr.ts';
import { withLooks } from './letter-look.ts';
import { MARGIN } from './lettering.ts';
import type { Bounds } from './line-breaks.ts';
import type { Raster } from './raster.ts';
import { type Reading, type Stretch, stretchesOf } from './readings.ts';
import type { Recognizer } from './recognizer.ts';
import type { LanguageModel } from './vietnamese.ts';
import { isSettled } from './word-candidates.ts';

/** Heights of small letters, in pixels, at which a block is read: the second where the first readings leave a doubt. */
const FIRST = 24;
const SECOND = 30;
const SURE = 90;
/** Readings whose words are as sure as each other, give or take this much: the one that made words of more letters counts. */
const AS_SURE = 2;

/** Where no word is as sure as this at the first size, there are none. */
const HOPE = 45;

/** A block of lettering on its way to words. */
export interface BlockToRead {
  /** Its rows, black on white, with small letters of this height. */
  pictureAt(height: number): Raster;
  bounds: Bounds;
  first: Reading[];
}

/** Reads a block once with each recogniser. */
export async function firstReadings(
  pictureAt: (height: number) => Raster,
  bounds: Bounds,
  recognizers: readonly Recognizer[],
): Promise<BlockToRead> {
  return { pictureAt, bounds, first: await readingsAt(FIRST, pictureAt, recognizers) };
}

async function readingsAt(
  height: number,
  pictureAt: (height: number) => Raster,
  recognizers: readonly Recognizer[],
): Promise<Reading[]> {
  const picture = pictureAt(height);
  const read: RecognizedWord[][][] = [];
  for (const recognizer of recognizers) read.push(await recognizer.recognize(picture));
  const { width, height: h } = picture;
  return withLooks(picture, read).map((lines) => ({ width, height: h, lines }));
}

/**
 * Returns all opinions on what a block says, laid over each other: where the readings differ or one is unsure, the last
 * recogniser reads the block at a second size too. A second size of the others adds time and nothing else.
 * @returns null of art
 */
export async function allReadings(
  { first, pictureAt }: BlockToRead,
  recognizers: readonly Recognizer[],
  language: LanguageModel,
): Promise<Stretch[][] | null> {
  // A second size makes no words of what has none at the first.
  if (!first.some(isHopeful)) return null;
  const lines = stretchesOf(first, MARGIN);
  if (lines.length > 0 && lines.flat().every((stretch) => isSettled(stretch, language))) return lines;
  const second = await readingsAt(SECOND, pictureAt, recognizers.slice(-1));
  return stretchesOf([...first, ...second], MARGIN);
}

const isHopeful = ({ lines }: Reading): boolean => lines.flat().some(({ confidence }) => confidence >= HOPE);

/** Returns how many words the first readings saw in a block of which none is sure enough to be said; none in art. */
export const wordsSeen = ({ first }: BlockToRead): number =>
  Math.max(
    0,
    ...first
      .filter(isHopeful)
      .map(({ lines }) => lines.flat().filter(({ text }) => lettersOf(text) > 1).length),
  );

/**
 * The better of two readings of the first recogniser: whichever size suits a hand's letters better. One is enough where
 * it is sure and left no letter without a word.
 */
export async function surerText(
  { first: [reading], pictureAt, bounds }: BlockToRead,
  recognizers: readonly Recognizer[],
  said: string,
): Promise<BubbleText | null> {
  const first = reading?.lines ?? [];
  const text = bubbleText(first, said, bounds);
  if (sureness(first) >= SURE && text && lettersOf(text.text) === lettersIn(first)) return text;
  const [other] = await readingsAt(SECOND, pictureAt, recognizers.slice(0, 1));
  const second = other?.lines ?? [];
  const again = bubbleText(second, said, bounds);
  if (text && again && Math.abs(text.confidence - again.confidence) <= AS_SURE) {
    const more = lettersOf(again.text) - lettersOf(text.text);
    if (more !== 0) return more > 0 ? again : text;
  }
  const surer = sureness(second) > sureness(first) ? again : text;
  // In a balloon there are words: those of the other reading, where the surer one has none.
  return surer ?? (bounds.shape !== 'open' ? (text ?? again) : null);
}

/** Mean confidence of the letters that were read. */
function sureness(lines: readonly (readonly ReadWord[])[]): number {
  let [sum, letters] = [0, 0];
  for (const { text, confidence } of lines.flat()) {
    const own = lettersOf(text);
    sum += own * confidence;
    letters += own;
  }
  return letters === 0 ? 0 : sum / letters;
}

const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
const lettersIn = (lines: readonly (readonly ReadWord[])[]): number =>
  lines.flat().reduce((sum, { text }) => sum + lettersOf(text), 0);
