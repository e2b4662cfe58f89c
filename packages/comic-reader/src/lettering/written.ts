import type { Mask } from '../image/raster.ts';
import { slopeOf } from '../image/slope.ts';
import type { Box } from '../page/page.ts';
import { middleHeight } from './letter-rows.ts';

/** Fewer marks are in line by chance anywhere in art. */
export const leastLetters = 6;
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
/** Largest mean correlation of the ink of a mark across and down: strokes of hatching all go one way. */
const oneWay = 0.5;

/** Returns whether marks are of one size on one line, evenly apart, with the strokes of one pen. */
export function looksWritten(ink: Mask, row: readonly Box[]): boolean {
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
    Math.abs(mean(letters.map((letter) => slopeOf(letter, ink.width, (at) => ink.data[at] === 1)))) <= oneWay
  );
}

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

const endOf = ({ x, w }: Box) => x + w;
