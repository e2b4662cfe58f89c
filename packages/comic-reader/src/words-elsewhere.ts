import type { BlockText } from './block-texts.ts';
import type { FoundBlock, Kind } from './found-block.ts';
import { union } from './image/raster.ts';
import type { Box } from './page/page.ts';
import type { RecognizedWord } from './reading/hocr.ts';
import { knownSyllables } from './words/known-syllables.ts';
import { type Place, type SignKind, signsAmong } from './words/signs.ts';
import { isNoise } from './words/sound-words.ts';

/** Words of one row that were read where no lettering was found. */
export interface RowElsewhere extends Box {
  /** All that was read in it, and the number of known syllables, their letters, and the least confidence of one. */
  text: string;
  confidence: number;
  words: number;
  letters: number;
  /** Its height in that of words in lines that were read; 1 without any. */
  size: number;
  /** The line that continues there; null if none is beside it. */
  partOf: Box | null;
}

/**
 * Least confidence of a syllable. On the 23 Vietnamese pages of `dev` 26 syllables with more were read in art, of which no two were side by
 * side and one was beside a line.
 */
const likely = 60;
/** Least number of syllables in a row. One is enough beside a line that was read: its row continues there. */
const several = { alone: 2, besideLine: 1 };
/** Largest space between words of a row, in its height, and largest ratio of their heights: a word can be without tall letters or marks. */
const wordSpace = 1.5;
const sameSize = 2;
/** Room around a line for the marks of its letters, in its heights. */
const marks = 0.5;

/**
 * Returns rows of Vietnamese words that the recognizer read on the whole page where no line was read. It divides the page into lines by
 * other rules than this package, so it finds lettering that was not found here, on art for example.
 * @param lines lines that gave words, sounds or signs
 */
export function rowsElsewhere(words: readonly RecognizedWord[], lines: readonly Box[]): RowElsewhere[] {
  const isRead = ({ box }: RecognizedWord) => lines.some((line) => isIn(box, line));
  const usual = middle(words.filter(isSyllable).filter(isRead).map(heightOf));
  const elsewhere = words.filter((word) => /\p{L}/u.test(word.text) && !isRead(word));
  return rowsOf(elsewhere).flatMap((row): RowElsewhere[] => {
    const sure = row.filter(isSyllable);
    if (sure.length === 0) return [];
    const { x, y, w, h } = sure.map(({ box }) => box).reduce(union);
    const syllables = sure.flatMap(({ text }) => knownSyllables(text));
    const text = row.map((word) => word.text).join(' ');
    const height = middle(sure.map(heightOf)) ?? 1;
    const partOf = lines.find((line) => areBeside(line, { x, y, w, h })) ?? null;
    if (syllables.length < (partOf ? several.besideLine : several.alone) || isNoise(text)) return [];
    return [
      {
        ...{ x, y, w, h, text, partOf, words: syllables.length, letters: syllables.join('').length },
        confidence: Math.min(...sure.map(({ confidence }) => confidence)),
        size: height / (usual ?? height),
      },
    ];
  });
}

const heightOf = ({ box }: RecognizedWord) => box.h;
const isSyllable = ({ text, confidence }: RecognizedWord) =>
  confidence >= likely && knownSyllables(text).length > 0;

/** Joins words side by side, also over uncertain ones. */
function rowsOf(words: readonly RecognizedWord[]): RecognizedWord[][] {
  const rows: RecognizedWord[][] = [];
  for (const word of [...words].sort((one, other) => one.box.x - other.box.x)) {
    const row = rows.find((before) => areBeside((before.at(-1) as RecognizedWord).box, word.box));
    if (row) row.push(word);
    else rows.push([word]);
  }
  return rows;
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

function isIn({ x, y, w, h }: Box, line: Box): boolean {
  const room = marks * line.h;
  const [middleX, middleY] = [x + w / 2, y + h / 2];
  return (
    middleX >= line.x - room &&
    middleX <= line.x + line.w + room &&
    middleY >= line.y - room &&
    middleY <= line.y + line.h + room
  );
}

function areBeside(a: Box, b: Box): boolean {
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.w, b.x + b.w);
  const [tall, short] = [Math.max(a.h, b.h), Math.min(a.h, b.h)];
  const shared = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return gap <= wordSpace * tall && tall <= sameSize * short && shared > short / 2;
}
