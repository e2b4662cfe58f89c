import { label } from '../image/components.ts';
import { emptyMask, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import type { TextBlock } from './text-blocks.ts';

/** Fewer letters in a balloon are too few to judge their shape. */
const fewest = 4;
/** Range of a square letter's length, as a share of its column's width or its row's height. */
const squareRange = { least: 0.72, most: 1.2 };
/** Share of square letters in a bubble, since some are narrow, and share of bubbles with square letters. */
const half = 0.5;
const mostBubbles = 0.6;
/** Number of such bubbles: one can be a chance. */
const leastBubbles = 2;
/** Smaller runs are points, and furigana beside Japanese letters. */
const small = 0.55;
const speck = 0.2;

/**
 * Returns whether the lettering of a page looks like Japanese, Chinese or Korean. Their letters are squares of one size, in
 * columns or rows that nothing crosses; Latin letters are narrower than their row is high, and their lines leave no free
 * columns. Tesseract reads such lettering as junk in no language, so this is used only if little was read.
 * @param page grey
 */
export function isLetteredInSquares(page: Raster, blocks: readonly TextBlock[]): boolean {
  // In a balloon there is lettering; elsewhere art is mistaken for it.
  const inBalloons = blocks.filter(({ balloon }) => balloon);
  const looks = (inBalloons.length > 1 ? inBalloons : blocks)
    .map((block) => shareOfSquares(page, block))
    .filter((share) => share !== null);
  const square = looks.filter((share) => share >= half).length;
  return square >= leastBubbles && square >= mostBubbles * looks.length;
}

/** Returns the share of a block's letters that are squares of one size; null if there are too few. */
function shareOfSquares(page: Raster, block: TextBlock): number | null {
  const ink = inkOf(page, block);
  const shares = ink ? [ink, turned(ink)].map(squaresIn).filter((share) => share !== null) : [];
  return shares.length > 0 ? Math.max(...shares) : null;
}

/** Returns the ink inside a block's balloon, or around its lines, without pieces that reach in from outside. */
function inkOf(page: Raster, { lines, balloon, ...box }: TextBlock): Mask | null {
  const [line] = lines;
  if (!line) return null;
  const { x, y, w, h } = balloon ?? around(box, line.letterHeight / 2, page);
  const isDark = line.ink < line.ground;
  const limit = (line.ink + line.ground) / 2;
  const mask = emptyMask(w, h);
  for (let at = 0; at < mask.data.length; at++) {
    const value = page.data[(y + Math.floor(at / w)) * page.width + x + (at % w)] as number;
    if (isDark ? value < limit : value > limit) mask.data[at] = 1;
  }
  label(mask).paint(mask, 0, (c) => c.touchesEdge || c.w >= w / 2 || c.h >= h / 2);
  return mask;
}

function turned({ width, height, data }: Mask): Mask {
  const out = emptyMask(height, width);
  for (let at = 0; at < data.length; at++)
    if (data[at]) out.data[(at % width) * height + Math.floor(at / width)] = 1;
  return out;
}

function around({ x, y, w, h }: Box, by: number, page: Raster): Box {
  const [left, top] = [Math.max(0, Math.floor(x - by)), Math.max(0, Math.floor(y - by))];
  const right = Math.min(page.width, Math.ceil(x + w + by));
  const low = Math.min(page.height, Math.ceil(y + h + by));
  return { x: left, y: top, w: right - left, h: low - top };
}

/** Returns the share of letters in columns that are as high as their column is wide; null if there are too few. */
function squaresIn(ink: Mask): number | null {
  const columns = runsOf(across(ink));
  const wide = middle(columns.map(lengthOf));
  const letters = columns
    .filter((column) => lengthOf(column) > small * wide)
    .map((column) => runsOf(down(ink, column)).filter((letter) => lengthOf(letter) > speck * wide));
  const all = letters.flat().map(lengthOf);
  if (all.length < fewest) return null;
  // Letters of two Latin lines that happen to be above each other are nearer to those beside them.
  const apart = columns.length > 1 ? middle(gapsIn(columns)) : Number.POSITIVE_INFINITY;
  if (all.length < 2 * letters.length || apart < middle(letters.flatMap(gapsIn))) return 0;
  const square = all.filter(
    (length) => length >= squareRange.least * wide && length <= squareRange.most * wide,
  );
  return square.length / all.length;
}

function across({ width, data }: Mask): Uint8Array {
  const ones = new Uint8Array(width);
  for (let at = 0; at < data.length; at++) if (data[at]) ones[at % width] = 1;
  return ones;
}

function down({ width, height, data }: Mask, [from, to]: Run): Uint8Array {
  const ones = new Uint8Array(height);
  for (let y = 0; y < height; y++)
    ones[y] = data.subarray(y * width + from, y * width + to).includes(1) ? 1 : 0;
  return ones;
}

type Run = readonly [from: number, to: number];

const lengthOf = ([from, to]: Run) => to - from;

const gapsIn = (runs: readonly Run[]): number[] =>
  runs.slice(1).map(([from], i) => from - (runs[i] as Run)[1]);

/** Returns the stretches of ones; their end is exclusive. */
function runsOf(ones: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let from = ones.indexOf(1); from >= 0; ) {
    const end = ones.indexOf(0, from);
    runs.push([from, end < 0 ? ones.length : end]);
    from = end < 0 ? -1 : ones.indexOf(1, end);
  }
  return runs;
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
