import type { BlockText } from './block-texts.ts';
import type { FoundBlock, Kind } from './found-block.ts';
import type { Box } from './page/page.ts';
import type { ReadWord } from './reading/hocr.ts';
import type { RowPart } from './row-parts.ts';
import { knownSyllables } from './words/known-syllables.ts';
import { type Place, type SignKind, signsAmong } from './words/signs.ts';
import { isNoise } from './words/sound-words.ts';

/** Vietnamese words in a part of a line of which nothing else was read. */
export interface RowElsewhere extends Box {
  /** All that was read in it, and the number of known syllables, their letters, and the least confidence of one. */
  text: string;
  confidence: number;
  words: number;
  letters: number;
  /** Its height in that of the page's lines. */
  size: number;
  /** The line that continues there; null if none is beside it. */
  partOf: Box | null;
}

type Readings = readonly (readonly ReadWord[])[];

/** Least confidence of a syllable, and of one that stands alone: in art that looks like text, and in other scripts, few are read with more. */
const likely = 60;
const likelyAlone = 85;
/** Largest space between words of a row, in its height, and largest ratio of their heights: a word can be without tall letters or marks. */
const wordSpace = 1.5;
const sameSize = 2;

/**
 * Returns the Vietnamese words of a part of a line; null if it has none, or only a noise.
 * @param readings of which the one with most syllables counts
 * @param lines lines that gave words, sounds or signs
 * @param usual height of the page's lines
 */
export function rowElsewhere(
  { x, y, w, h }: RowPart,
  readings: Readings,
  lines: readonly Box[],
  usual: number,
): RowElsewhere | null {
  const syllablesOf = (words: readonly ReadWord[]) => words.flatMap(({ text }) => knownSyllables(text));
  const isSure = (word: ReadWord) => word.confidence >= likely && syllablesOf([word]).length > 0;
  const [best] = readings
    .map((words) => ({ words, sure: words.filter(isSure) }))
    .sort((one, other) => syllablesOf(other.sure).length - syllablesOf(one.sure).length);
  if (!best || best.sure.length === 0) return null;
  const syllables = syllablesOf(best.sure);
  const text = best.words.map((word) => word.text).join(' ');
  const confidence = Math.min(...best.sure.map((word) => word.confidence));
  const partOf = lines.find((line) => areBeside(line, { x, y, w, h })) ?? null;
  const isLikely = partOf !== null || syllables.length > 1 || confidence >= likelyAlone;
  if (!isLikely || isNoise(text)) return null;
  return {
    ...{ x, y, w, h, text, confidence, partOf },
    ...{ words: syllables.length, letters: syllables.join('').length, size: h / usual },
  };
}

/** Least letters of a word that can't be Vietnamese, whose longest syllable has seven, and its least confidence. */
const longest = 7;
const foreign = { word: /\p{L}{8,}/u, confidence: 85 };

/** Returns a word that was read with certainty and can't be Vietnamese. */
export const foreignWord = (readings: Readings): ReadWord | undefined =>
  readings.flat().find(({ text, confidence }) => confidence >= foreign.confidence && foreign.word.test(text));

/** Range of the height of a line that could be speech, in that of the page's lines. */
const speech = { least: 0.5, most: 2 };
/** Least share of letters in what is read in Latin letters, and of the letters that have room in its line. */
const latin = { letters: 0.75, expected: 0.5 };

/**
 * Returns whether a line without words could be speech: it is as large as the page's lines, has room for more than a word, which can be
 * that of a sound or a sign, and letters were read in it. Of another script mostly digits and symbols are read.
 */
export function couldBeSpeech({ h, letters }: RowPart, readings: Readings, usual: number): boolean {
  const text = readings.flatMap((words) => words.map((word) => word.text)).join('');
  const read = text.match(/\p{L}/gu)?.length ?? 0;
  return (
    letters > longest &&
    h > speech.least * usual &&
    h < speech.most * usual &&
    read >= latin.letters * text.length &&
    read >= latin.expected * letters * readings.length
  );
}

/**
 * Returns a function that tells the kind of a row: one that continues a line is what its line is. Another one is judged as a sign would
 * be without a board, beside all that was read.
 * @param scale pixels of the places of blocks for each pixel of the page
 */
export function kindsElsewhere(
  blocks: readonly FoundBlock[],
  texts: readonly BlockText[],
  kinds: readonly Kind[],
  scale: number,
): (row: RowElsewhere) => SignKind {
  const lettered = blocks.flatMap(({ place }, i) =>
    kinds[i] === 'sound' ? [] : [{ place, text: texts[i]?.read?.judged ?? '' }],
  );
  const usual = (of: (place: Place) => number, other: number) =>
    middle(lettered.map(({ place }) => of(place))) ?? other;
  const style = { ground: usual(({ ground }) => ground, 255), ink: usual(({ ink }) => ink, 0) };
  const placeOf = (box: Box, size: number): Place => ({
    ...{ box: scaled(box, scale), letter: box.h * scale, size, ...style },
    ...{ within: null, shape: 'open', atEdge: false, tilted: false },
  });
  return ({ partOf, text, size, ...box }) => {
    const block = partOf ? blocks.findIndex(({ lines }) => lines.includes(partOf)) : -1;
    if (block < 0) return signsAmong([...lettered, { text, place: placeOf(box, size) }]).at(-1) as SignKind;
    const kind = kinds[block] as Kind;
    return kind === 'sound' ? 'sign' : kind;
  };
}

const scaled = ({ x, y, w, h }: Box, by: number): Box => ({ x: x * by, y: y * by, w: w * by, h: h * by });

const middle = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[values.length >> 1];

function areBeside(a: Box, b: Box): boolean {
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.w, b.x + b.w);
  const [tall, short] = [Math.max(a.h, b.h), Math.min(a.h, b.h)];
  const shared = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return gap <= wordSpace * tall && tall <= sameSize * short && shared > short / 2;
}
