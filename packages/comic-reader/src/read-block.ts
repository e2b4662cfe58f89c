import type { Raster } from './image/raster.ts';
import type { ReadWord, RecognizedWord } from './reading/hocr.ts';
import { withLooks } from './reading/letter-look.ts';
import { type BlockPictures, margin } from './reading/lettering.ts';
import { type Reading, type Stretch, stretchesOf } from './reading/readings.ts';
import type { Recognizer } from './reading/recognizer.ts';
import { type BubbleText, bubbleText } from './words/bubble-text.ts';
import { sayingOf } from './words/choose-words.ts';
import { knownSyllables } from './words/known-syllables.ts';
import type { Bounds } from './words/line-breaks.ts';
import type { LanguageModel } from './words/vietnamese.ts';
import { isSettled, textOf } from './words/word-candidates.ts';

/** Heights of small letters, in pixels, at which a block is read: the second one if the first readings are uncertain. */
const firstHeight = 24;
const secondHeight = 30;
const sure = 90;
/** Largest difference between equally certain readings; of these, the one with more letters in words counts. */
const asSure = 2;

/** Without a word of this confidence at the first size, there are none. */
const hope = 45;

/** A block of lettering on its way to words. */
export interface BlockToRead {
  /** Returns its rows, black on white, with small letters of this height. */
  pictureAt(height: number): BlockPictures;
  bounds: Bounds;
  first: Reading[];
  /** The first picture with letters that touch the outline; null if none does. */
  grown: Raster | null;
}

/** Number of recognizers that read a block first. */
const opinions = 2;

/** Reads a block once with each of the first recognizers. */
export async function firstReadings(
  pictureAt: (height: number) => BlockPictures,
  bounds: Bounds,
  recognizers: readonly Recognizer[],
): Promise<BlockToRead> {
  const { plain, grown } = pictureAt(firstHeight);
  return { pictureAt, bounds, first: await readingsOf(plain, recognizers.slice(0, opinions)), grown };
}

async function readingsOf(picture: Raster, recognizers: readonly Recognizer[]): Promise<Reading[]> {
  const read = await Promise.all(recognizers.map((recognizer) => recognizer.recognize(picture)));
  const { width, height: h } = picture;
  return withLooks(picture, read).map((lines) => ({ width, height: h, lines }));
}

/**
 * Returns all readings of a block, aligned: if the first ones differ or one is uncertain, the last recognizer reads the block
 * at a second size. More readings cost time and gain little.
 * @returns null for art
 */
export async function allReadings(
  block: BlockToRead,
  recognizers: readonly Recognizer[],
  language: LanguageModel,
): Promise<Stretch[][] | null> {
  // Without words at the first size there are none at the second.
  if (!block.first.some(isHopeful)) return null;
  const grown = await grownReadings(block, recognizers, language);
  const first = grown ?? block.first;
  const lines = stretchesOf(first, margin);
  if (lines.length > 0 && lines.flat().every((stretch) => isSettled(stretch, language))) return lines;
  const { plain, grown: larger } = block.pictureAt(secondHeight);
  const second = await readingsOf((grown && larger) ?? plain, recognizers.slice(-1));
  return stretchesOf([...first, ...second], margin);
}

/** Reads the letters that touch the outline too; returns null if the words are not likelier with them. */
async function grownReadings(
  { first, grown }: BlockToRead,
  recognizers: readonly Recognizer[],
  language: LanguageModel,
): Promise<Reading[] | null> {
  if (!grown) return null;
  const readings = await readingsOf(grown, recognizers.slice(0, opinions));
  const chanceOf = (some: readonly Reading[]) =>
    some.reduce((sum, { lines }) => sum + sayingOf(textOf(lines.flat()), null, language).chance, 0);
  return chanceOf(readings) > chanceOf(first) ? readings : null;
}

const isSureEnough = ({ confidence }: RecognizedWord): boolean => confidence >= hope;
const isHopeful = ({ lines }: Reading): boolean => lines.flat().some(isSureEnough);

/**
 * Returns the number of words in the first readings of a block whose words are all too uncertain to be spoken; 0 for art, in which
 * single letters, digits and symbols are read with confidence too.
 */
export const wordsSeen = ({ first }: BlockToRead): number =>
  Math.max(
    0,
    ...first.map(({ lines }) => {
      const words = lines.flat().filter(({ text }) => lettersOf(text) > 1);
      return words.some(isSureEnough) ? words.length : 0;
    }),
  );

/** Least share of the letters of a reading that are in syllables, for lettering that no balloon or box shows to be speech. */
const leastSyllables = 0.25;

/** Returns whether a first reading of a block has syllables of Vietnamese; in art that looks like letters there are hardly any. */
export const readsSyllables = ({ first }: BlockToRead): boolean =>
  first.filter(isHopeful).some(({ lines }) => {
    const all = lettersIn(lines);
    const known = lines
      .flat()
      .flatMap(({ text }) => knownSyllables(text))
      .join('').length;
    return all > 0 && known > leastSyllables * all;
  });

/** Returns the number of lines in the longest of the first readings of a block. */
export const linesSeen = ({ first }: BlockToRead): number =>
  Math.max(0, ...first.map(({ lines }) => lines.length));

/** Returns the number of letters in the longest of the first readings of a block, certain or not. */
export const lettersSeen = ({ first }: BlockToRead): number =>
  Math.max(0, ...first.map(({ lines }) => lettersIn(lines)));

/**
 * Returns the better of two readings of the first recognizer: one of the sizes suits the hand better. One reading is enough
 * if it is certain and its words contain all letters.
 */
export async function surerText(
  { first: [reading], pictureAt, bounds }: BlockToRead,
  recognizers: readonly Recognizer[],
  said: string,
): Promise<BubbleText | null> {
  const first = reading?.lines ?? [];
  const text = bubbleText(first, said, bounds);
  if (sureness(first) >= sure && text && lettersOf(text.text) === lettersIn(first)) return text;
  const [other] = await readingsOf(pictureAt(secondHeight).plain, recognizers.slice(0, 1));
  const second = other?.lines ?? [];
  const again = bubbleText(second, said, bounds);
  if (text && again && Math.abs(text.confidence - again.confidence) <= asSure) {
    const more = lettersOf(again.text) - lettersOf(text.text);
    if (more !== 0) return more > 0 ? again : text;
  }
  const surer = sureness(second) > sureness(first) ? again : text;
  // A balloon has words: those of the other reading if the more certain one has none.
  return surer ?? (bounds.shape !== 'open' ? (text ?? again) : null);
}

/** Returns the mean confidence of the letters that were read. */
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
