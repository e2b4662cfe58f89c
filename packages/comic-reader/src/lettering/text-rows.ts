import { findInk } from '../image/ink.ts';
import { type Mask, overlap, type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { type Letter, letterRows, middleHeight } from './letter-rows.ts';
import { isScreentone } from './screentone.ts';

/** A row of marks that looks like lettering. */
export interface TextRow extends Box {
  letters: number;
}

/** Fewer marks are in line by chance anywhere in art. */
const leastLetters = 6;
/** Largest distance of marks from their line, and spread of the logarithm of their heights; hatching and hair have more. */
const inLine = 0.15;
const alike = 0.3;
/** Range of the usual space between marks, and its largest spread, in heights. */
const space = { least: -0.1, most: 0.45, spread: 0.5 };
/** Largest usual width of a mark, in heights; letters that touch are wider. */
const widest = 1.5;
/** Range of the share of its box that a mark fills; spikes, bricks and leaves fill more than a pen's strokes. */
const filled = { least: 0.2, most: 0.7 };
/** Range of the thickness of a stroke, in heights: one pen wrote all of them. */
const pen = { least: 0.08, most: 0.36 };
/** Half the side of the square over which grey is averaged, in heights: dots of a screentone vanish, strokes stay. */
const average = 0.12;
/** Largest mean correlation of the ink of a mark across and down: strokes of hatching all go one way. */
const oneWay = 0.5;
/** Range of their height, in that of the page's usual letters. */
const size = { least: 0.5, most: 2 };

/**
 * Finds rows of marks that look like lettering by their texture alone: marks of one size on one line, evenly apart, with the
 * strokes of one pen. Their ground can be anything, so that lettering counts that was not found because art is around it.
 * @param page grey
 * @param usual height of the page's letters, in its pixels
 */
export function textRows(page: Raster, panels: readonly Box[], usual: number): TextRow[] {
  const side = Math.min(page.width, page.height);
  const window = Math.round(side * 0.045);
  // Averaging joins letters, so both have to agree.
  const [own, smooth] = [findInk(page, window), findInk(smoothed(page, Math.round(average * usual)), window)];
  const letterSize = { least: Math.max(4, size.least * usual), most: size.most * usual };
  const inks = (['dark', 'light'] as const).map((kind) => both(own[kind], smooth[kind]));
  const rows = inks.flatMap((ink) =>
    inOneLine(letterRows(ink, null, letterSize, panels))
      .filter((row) => row.length >= leastLetters && !isScreentone(ink, row) && looksWritten(ink, row))
      .map((row) => ({ ...boxOf(row), letters: row.length })),
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

function looksWritten(ink: Mask, row: readonly Box[]): boolean {
  const height = middleHeight(row);
  // Points are at the foot.
  const letters = row.filter(({ h }) => h >= 0.5 * height).sort((a, b) => a.x - b.x);
  if (letters.length < leastLetters) return false;
  const spaces = letters.slice(1).map(({ x }, i) => (x - endOf(letters[i] as Box)) / height);
  const usualSpace = middle(spaces);
  const { stroke, fill } = penOf(ink, letters);
  return (
    middle(letters.map(({ w }) => w / height)) <= widest &&
    usualSpace >= space.least &&
    usualSpace <= space.most &&
    spreadOf(spaces) <= space.spread &&
    spreadOf(letters.map(({ h }) => Math.log(h))) <= alike &&
    offLine(letters) <= inLine * height &&
    isWithin(stroke / height, pen) &&
    isWithin(fill, filled) &&
    Math.abs(mean(letters.map((letter) => leanOf(ink, letter)))) <= oneWay
  );
}

const endOf = ({ x, w }: Box) => x + w;
const isWithin = (value: number, { least, most }: { least: number; most: number }) =>
  value >= least && value <= most;
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spreadOf = (values: readonly number[]) => {
  const average = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
};

/** Returns the root mean square distance of the middles of boxes from their line, which can rise or fall. */
function offLine(boxes: readonly Box[]): number {
  const across = boxes.map(({ x, w }) => x + w / 2);
  const down = boxes.map(({ y, h }) => y + h / 2);
  const [middleX, middleY] = [mean(across), mean(down)];
  const slope =
    mean(across.map((x, i) => (x - middleX) * ((down[i] as number) - middleY))) /
    Math.max(1, mean(across.map((x) => (x - middleX) ** 2)));
  return Math.sqrt(mean(down.map((y, i) => (y - middleY - slope * ((across[i] as number) - middleX)) ** 2)));
}

/** Returns the usual thickness of the strokes in boxes, in pixels, and the share of these that they fill. A stroke has two rims. */
function penOf({ width, data }: Mask, boxes: readonly Box[]): { stroke: number; fill: number } {
  let [all, area, rim] = [0, 0, 0];
  for (const { x, y, w, h } of boxes) {
    all += w * h;
    for (let row = y; row < y + h; row++) {
      for (let at = row * width + x; at < row * width + x + w; at++) {
        if (!data[at]) continue;
        area++;
        if (!data[at - 1] || !data[at + 1] || !data[at - width] || !data[at + width]) rim++;
      }
    }
  }
  return { stroke: (2 * area) / Math.max(1, rim), fill: area / all };
}

/** Returns the correlation of the ink of a mark across and down: 1 for a stroke that falls, -1 for one that rises. */
function leanOf({ width, data }: Mask, { x, y, w, h }: Box): number {
  let [n, across, down, both, squareAcross, squareDown] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      if (!data[(y + row) * width + x + column]) continue;
      n++;
      across += column;
      down += row;
      both += row * column;
      squareAcross += column * column;
      squareDown += row * row;
    }
  }
  const spread = (n * squareAcross - across * across) * (n * squareDown - down * down);
  return (n * both - across * down) / Math.sqrt(Math.max(1, spread));
}

/** Returns a grey raster of which each pixel is the mean of the square around it. */
function smoothed(page: Raster, half: number): Raster {
  const { width, height } = page;
  const across = new Uint8Array(width * height);
  const data = new Uint8Array(width * height);
  averageAlong(page.data, across, { lines: height, length: width, line: width, step: 1 }, half);
  averageAlong(across, data, { lines: width, length: height, line: 1, step: width }, half);
  return { width, height, channels: 1, data };
}

interface Walk {
  lines: number;
  /** Pixels of a line. */
  length: number;
  /** Distance between lines and between pixels of one. */
  line: number;
  step: number;
}

function averageAlong(
  from: Uint8Array,
  to: Uint8Array,
  { lines, length, line, step }: Walk,
  half: number,
): void {
  for (let index = 0; index < lines; index++) {
    const start = index * line;
    let [sum, count] = [0, 0];
    for (let at = 0; at < length + half; at++) {
      if (at < length) {
        sum += from[start + at * step] as number;
        count++;
      }
      if (at > 2 * half) {
        sum -= from[start + (at - 2 * half - 1) * step] as number;
        count--;
      }
      if (at >= half) to[start + (at - half) * step] = sum / count;
    }
  }
}
