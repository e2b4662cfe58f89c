import { findInk } from '../image/ink.ts';
import { type Mask, overlap, type Raster, union } from '../image/raster.ts';
import { smoothed } from '../image/smoothed.ts';
import type { Box } from '../page/page.ts';
import { type Letter, letterRows, middleHeight } from './letter-rows.ts';
import { lineOf } from './line-of-marks.ts';
import { isScreentone } from './screentone.ts';
import type { TextLine } from './text-line.ts';
import { leastLetters, looksWritten } from './written.ts';

/** Half the side of the square over which grey is averaged, in heights: dots of a screentone vanish, strokes stay. */
const average = 0.12;
/** Range of the height of marks, in that of the page's usual letters. */
const size = { least: 0.5, most: 2 };

/**
 * Finds rows of marks that look like lettering by their texture alone: marks of one size on one line, evenly apart, with the
 * strokes of one pen. Their ground can be anything, so that lettering counts that was not found because art is around it.
 * @param page grey
 * @param usual height of the page's letters, in its pixels
 */
export function textRows(page: Raster, panels: readonly Box[], usual: number): TextLine[] {
  const side = Math.min(page.width, page.height);
  const window = Math.round(side * 0.045);
  // Averaging joins letters, so both have to agree.
  const [own, smooth] = [findInk(page, window), findInk(smoothed(page, Math.round(average * usual)), window)];
  const letterSize = { least: Math.max(4, size.least * usual), most: size.most * usual };
  const inks = (['dark', 'light'] as const).map((kind) => both(own[kind], smooth[kind]));
  const rows = inks.flatMap((ink) =>
    inOneLine(letterRows(ink, null, letterSize, panels))
      .filter((row) => row.length >= leastLetters && !isScreentone(ink, row) && looksWritten(ink, row))
      .map((row) => lineOf(page, ink, row)),
  );
  // The insides and rims of letters look like light letters.
  return rows.filter(
    (row) => !rows.some((other) => other.letters > row.letters && overlap(row, other) > 0.5 * row.w * row.h),
  );
}

const both = ({ width, height, data }: Mask, other: Mask): Mask => ({
  width,
  height,
  data: data.map((ink, at) => ink & (other.data[at] as number)),
});

/** Largest space between words of a row, and largest ratio of their heights. */
const wordSpace = 1.6;
const sameSize = 1.5;

interface Row {
  letters: Letter[];
  box: Box;
  height: number;
}

const rowOf = (letters: Letter[]): Row => ({ letters, box: boxOf(letters), height: middleHeight(letters) });

/**
 * Joins words side by side on one line; marks alone can be anything. From the left, a row is compared only as long as a word can
 * follow it: a screentone has thousands.
 */
function inOneLine(words: readonly Letter[][]): Letter[][] {
  const rows: Letter[][] = [];
  let open: Row[] = [];
  const byStart = words.filter(({ length }) => length > 1).map(rowOf);
  const widestSpace = wordSpace * sameSize * byStart.reduce((most, { height }) => Math.max(most, height), 0);
  for (const word of byStart.sort((a, b) => a.box.x - b.box.x)) {
    open = open.filter(({ box }) => endOf(box) + widestSpace >= word.box.x);
    const at = open.findIndex((row) => areBeside(row, word));
    const before = open[at];
    if (before) {
      before.letters.push(...word.letters);
      before.box = union(before.box, word.box);
      before.height = middleHeight(before.letters);
    } else {
      open.push(word);
      rows.push(word.letters);
    }
  }
  return rows;
}

function areBeside({ box: a, height: one }: Row, { box: b, height: other }: Row): boolean {
  const gap = b.x - endOf(a);
  return (
    gap > 0 &&
    gap <= wordSpace * Math.max(one, other) &&
    Math.max(one, other) <= sameSize * Math.min(one, other) &&
    Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 0.5 * Math.min(a.h, b.h)
  );
}

const boxOf = (row: readonly Box[]): Box => row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union);

const endOf = ({ x, w }: Box) => x + w;
