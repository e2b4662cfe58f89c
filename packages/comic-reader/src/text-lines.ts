import type { Letter } from './letter-rows.ts';
import type { Box } from './page.ts';
import { type Mask, type Raster, union } from './raster.ts';

/** A row of letters on an even ground, and the number of their field. */
export interface TextLine extends Letter {
  letters: number;
  /** Median height of its letters, in pixels. */
  letterHeight: number;
  /** Share of its letters that are on one line and have the usual height, within what hands vary. */
  regular: number;
  /** Grey of the ground and of the ink, 0 to 255. */
  ground: number;
  ink: number;
}

/** Range of grey of nearly all the ground under lettering; art varies more. */
const EVEN = 22;
const EVEN_SHARE = 0.75;
const LEAST_CONTRAST = 70;

/**
 * Keeps the rows of letters on an even ground: lettering, but not hatching or leaves.
 * @param page the grey page of the same size as the mask
 */
export function textLines(page: Raster, ink: Mask, rows: readonly Letter[][]): TextLine[] {
  return rows
    .map((row) => withoutArtAtEnds(page, ink, row))
    .map(
      (row) =>
        measure(page, ink, row) ??
        measureOnChangingGround(page, ink, row) ??
        measure(page, ink, onCommonGround(page, ink, row)),
    )
    .filter((line): line is TextLine => line !== null);
}

/** Removes pieces on another ground than most: the rim of a bubble, and art beyond it. */
function onCommonGround(page: Raster, ink: Mask, row: Letter[]): Letter[] {
  const grounds = row.map((letter) => groundAround(page, ink, letter));
  const usual = [...grounds].sort((a, b) => a - b)[row.length >> 1] as number;
  const kept = row.filter((_, i) => Math.abs((grounds[i] as number) - usual) <= EVEN);
  return kept.length > 1 ? kept : row;
}

/** Removes art beside a bubble, in line with its words: pieces at a row's ends, a space apart, on another ground. */
function withoutArtAtEnds(page: Raster, ink: Mask, row: Letter[]): Letter[] {
  if (row.length < 4) return row;
  const sorted = [...row].sort((a, b) => a.x - b.x);
  const grounds = sorted.map((letter) => groundAround(page, ink, letter));
  const usual = [...grounds].sort((a, b) => a - b)[row.length >> 1] as number;
  const space = 0.3 * middleHeight(row);
  const foreign = (i: number) => Math.abs((grounds[i] as number) - usual) > 2 * EVEN;
  const ends = (i: number) => (sorted[i] as Letter).x + (sorted[i] as Letter).w;
  let from = 0;
  let to = sorted.length;
  for (let i = 0; i < sorted.length - 1 && foreign(i); i++)
    if ((sorted[i + 1] as Box).x - ends(i) > space) from = i + 1;
  for (let i = sorted.length - 1; i > from && foreign(i); i--)
    if ((sorted[i] as Letter).x - ends(i - 1) > space) to = i;
  return to - from < 2 ? row : sorted.slice(from, to);
}

/** Returns the mean grey around a letter, without its ink. */
function groundAround({ width, height, data }: Raster, ink: Mask, letter: Box): number {
  const reach = Math.max(3, letter.h >> 2);
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, letter.y - reach); y < Math.min(height, letter.y + letter.h + reach); y++) {
    for (let x = Math.max(0, letter.x - reach); x < Math.min(width, letter.x + letter.w + reach); x++) {
      if (ink.data[y * width + x] || nextToInk(ink, x, y)) continue;
      sum += data[y * width + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Largest change of the ground in a bubble that is not fully opaque, so that the art behind it is visible. */
const THROUGH_BUBBLE = 60;
/** Fewer letters can occur by chance on any art. */
const LEAST_THROUGH_BUBBLE = 5;

/** Measures a row whose ground is even around each letter but changes along the row. */
function measureOnChangingGround(page: Raster, ink: Mask, row: Letter[]): TextLine | null {
  if (row.length < LEAST_THROUGH_BUBBLE) return null;
  const grounds = row.map((letter) => ({
    middle: letter.x + letter.w / 2,
    grey: groundAround(page, ink, letter),
  }));
  const greys = grounds.map(({ grey }) => grey);
  if (Math.max(...greys) - Math.min(...greys) > THROUGH_BUBBLE) return null;
  const nearest = (x: number) =>
    grounds.reduce((best, one) => (Math.abs(one.middle - x) < Math.abs(best.middle - x) ? one : best)).grey;
  return measure(page, ink, row, nearest);
}

/**
 * Measures a row; returns null if it is on art or has nothing to read.
 * @param groundAt the grey that its ground should have in a column; by default the grey of most of it
 */
function measure(
  page: Raster,
  ink: Mask,
  joined: Letter[],
  groundAt?: (x: number) => number,
): TextLine | null {
  const row = withoutStrangers(joined);
  if (isScreentone(ink, row)) return null;
  const box = row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union);
  const greys = new Uint32Array(256);
  let inked = 0;
  let inkSum = 0;
  let bare = 0;
  let asExpected = 0;
  for (let x = box.x; x < box.x + box.w; x++) {
    const expected = groundAt?.(x) ?? 0;
    for (let y = box.y; y < box.y + box.h; y++) {
      const at = y * page.width + x;
      const value = page.data[at] as number;
      if (ink.data[at]) {
        inked++;
        inkSum += value;
      } else if (!nextToInk(ink, x, y)) {
        bare++;
        greys[value] = (greys[value] as number) + 1;
        if (Math.abs(value - expected) <= EVEN) asExpected++;
      }
    }
  }
  if (bare < 8) return null;
  const ground = median(greys, bare);
  const even = groundAt ? asExpected : countAround(greys, ground);
  const tone = inkSum / Math.max(1, inked);
  if (even < EVEN_SHARE * bare || Math.abs(ground - tone) < LEAST_CONTRAST) return null;
  return {
    ...box,
    field: fieldOf(row),
    letters: row.length,
    letterHeight: middleHeight(row),
    regular: regularity(row),
    ground,
    ink: tone,
  };
}

function countAround(greys: Uint32Array, ground: number): number {
  let even = 0;
  for (let v = Math.max(0, ground - EVEN); v <= Math.min(255, ground + EVEN); v++) even += greys[v] as number;
  return even;
}

/** Returns the field of most letters. */
function fieldOf(row: readonly Letter[]): number {
  const known = row.map(({ field }) => field).filter((field) => field !== 0);
  const count = (of: number) => known.filter((field) => field === of).length;
  return known.reduce((best, field) => (count(field) > count(best) ? field : best), known[0] ?? 0);
}

/** Largest difference between the heights of letters, and between their feet, as a share of the usual height. */
const ALIKE = 0.3;

/** Returns the share of regular letters; a letter that reaches below or above the line has its other end in place. */
function regularity(row: readonly Letter[]): number {
  const height = middleHeight(row);
  const usual = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
  // Along the slope of the row.
  const first = row.reduce((a, b) => (b.x < a.x ? b : a));
  const last = row.reduce((a, b) => (b.x > a.x ? b : a));
  const slope = (last.y + last.h - first.y - first.h) / Math.max(1, last.x - first.x);
  const foot = ({ x, y, h }: Box) => y + h - slope * x;
  const head = ({ x, y }: Box) => y - slope * x;
  const [feet, heads] = [usual(row.map(foot)), usual(row.map(head))];
  const near = (a: number, b: number) => Math.abs(a - b) <= ALIKE * height;
  return row.filter((l) => near(foot(l), feet) && near(head(l), heads)).length / row.length;
}

const middleHeight = (row: readonly Box[]) =>
  row.map((l) => l.h).sort((a, b) => a - b)[row.length >> 1] as number;

/** Removes pieces of art that are in line with the letters: too high, or off the row's middle. */
function withoutStrangers(row: Letter[]): Letter[] {
  const height = middleHeight(row);
  const middles = row.map((l) => l.y + l.h / 2).sort((a, b) => a - b);
  const middle = middles[middles.length >> 1] as number;
  const kept = row.filter((l) => l.h <= 2.2 * height && Math.abs(l.y + l.h / 2 - middle) <= 1.1 * height);
  return kept.length > 0 ? kept : row;
}

/** Least share of its box that a dot fills; letters are strokes, and fill less. */
const FILLED = 0.55;

/** Returns whether a row is dots of a screentone: filled, of one size and equally far apart; letters are never all three. */
function isScreentone(ink: Mask, row: readonly Letter[]): boolean {
  if (row.length < 5) return false;
  const alike = (sizes: number[]) => {
    const average = sizes.reduce((sum, s) => sum + s, 0) / sizes.length;
    const variance = sizes.reduce((sum, s) => sum + (s - average) ** 2, 0) / sizes.length;
    return Math.sqrt(variance) <= Math.max(0.6, 0.1 * average);
  };
  const middles = row.map((l) => l.x + l.w / 2).sort((a, b) => a - b);
  const steps = middles.slice(1).map((middle, i) => middle - (middles[i] as number));
  if (!alike(row.map((l) => l.w)) || !alike(row.map((l) => l.h)) || !alike(steps)) return false;
  return row.reduce((sum, letter) => sum + filled(ink, letter), 0) >= FILLED * row.length;
}

/** Returns the share of a box that is ink. */
function filled({ width, data }: Mask, { x, y, w, h }: Box): number {
  let ink = 0;
  for (let row = y; row < y + h; row++) {
    for (let at = row * width + x; at < row * width + x + w; at++) ink += data[at] as number;
  }
  return ink / (w * h);
}

function median(counts: Uint32Array, total: number): number {
  let seen = 0;
  for (let v = 0; v < counts.length; v++) {
    seen += counts[v] as number;
    if (seen * 2 >= total) return v;
  }
  return counts.length - 1;
}

/** Returns whether a pixel is in the blurred rim of a stroke, which is neither ink nor ground. */
function nextToInk({ width, height, data }: Mask, x: number, y: number): boolean {
  const at = y * width + x;
  return Boolean(
    (x > 0 && data[at - 1]) ||
      (x + 1 < width && data[at + 1]) ||
      (y > 0 && data[at - width]) ||
      (y + 1 < height && data[at + width]) ||
      (x > 1 && data[at - 2]) ||
      (x + 2 < width && data[at + 2]),
  );
}
