import type { Box } from '../../domain/page.ts';
import { label } from './components.ts';
import { home } from './home.ts';
import { type Mask, type Raster, union } from './raster.ts';

/** A row of letters on an even ground. */
export interface TextLine extends Box {
  letters: number;
  /** Median height of its letters, in pixels. */
  letterHeight: number;
  /** Grey of the ground and of the ink, 0 to 255. */
  ground: number;
  ink: number;
}

/** Bounds of what can be a letter, in pixels. */
export interface LetterSize {
  least: number;
  most: number;
}

/** Nearly all the ground under lettering has one grey, give or take this much; art varies more. */
const EVEN = 22;
const EVEN_SHARE = 0.75;
const LEAST_CONTRAST = 70;

/**
 * Finds rows of letters in a mask of ink: pieces of letter size that stand next to each other on an even ground.
 * @param page the grey page of the same size as the mask
 * @param panels where captions of two panels stand side by side, each has rows of its own
 */
export function findTextLines(
  page: Raster,
  ink: Mask,
  size: LetterSize,
  panels: readonly Box[] = [],
): TextLine[] {
  const letters = label(ink).components.filter(
    (c) =>
      c.h >= size.least &&
      c.h <= size.most &&
      c.w <= c.h * 5 &&
      c.area >= 0.12 * c.w * c.h &&
      // A straight stroke is an l or an i, a long one is a frame.
      c.h <= c.w * 12,
  );
  return rowsOf(letters, panels)
    .map((row) => measure(page, ink, row) ?? measure(page, ink, onCommonGround(page, ink, row)))
    .filter((line): line is TextLine => line !== null);
}

/** Joins letters that stand side by side at about the same height. */
function rowsOf(letters: Box[], panels: readonly Box[]): Box[][] {
  const homes = new Map<Box, number>();
  const homeOf = (letter: Box): number => {
    const known = homes.get(letter) ?? home(letter, panels);
    homes.set(letter, known);
    return known;
  };
  const apart = (a: Box, b: Box) => panels.length > 1 && homeOf(a) !== homeOf(b);
  const sorted = [...letters].sort((a, b) => a.x - b.x);
  const group = sorted.map((_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (group[root] !== root) root = group[root] as number;
    group[i] = root;
    return root;
  };
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i] as Box;
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Box;
      if (b.x > a.x + a.w + 1.5 * Math.max(a.h, 12)) break;
      const tall = Math.max(a.h, b.h);
      const short = Math.min(a.h, b.h);
      const shared = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
      const gap = b.x - a.x - a.w;
      if (gap > 0.8 * tall || shared < 0.5 * short || tall > 2.6 * short) continue;
      if (gap <= 0.5 * short || !apart(a, b)) group[find(j)] = find(i);
    }
  }
  const rows = new Map<number, Box[]>();
  for (const [i, letter] of sorted.entries()) {
    const root = find(i);
    const row = rows.get(root);
    if (row) row.push(letter);
    else rows.set(root, [letter]);
  }
  return [...rows.values()];
}

/** Leaves out pieces that stand on another ground than most: the rim of a bubble, and what lies beyond it. */
function onCommonGround(page: Raster, ink: Mask, row: Box[]): Box[] {
  const grounds = row.map((letter) => groundAround(page, ink, letter));
  const usual = [...grounds].sort((a, b) => a - b)[row.length >> 1] as number;
  const kept = row.filter((_, i) => Math.abs((grounds[i] as number) - usual) <= EVEN);
  return kept.length > 1 ? kept : row;
}

/** The mean grey of what is no ink around a letter. */
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

/** Measures a row; null when it stands on art or is nothing to read. */
function measure(page: Raster, ink: Mask, joined: Box[]): TextLine | null {
  const row = withoutStrangers(joined);
  if (isScreentone(row)) return null;
  const box = row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union);
  const greys = new Uint32Array(256);
  let inked = 0;
  let inkSum = 0;
  let bare = 0;
  for (let y = box.y; y < box.y + box.h; y++) {
    for (let x = box.x; x < box.x + box.w; x++) {
      const at = y * page.width + x;
      const value = page.data[at] as number;
      if (ink.data[at]) {
        inked++;
        inkSum += value;
      } else if (!nextToInk(ink, x, y)) {
        bare++;
        greys[value] = (greys[value] as number) + 1;
      }
    }
  }
  if (bare < 8) return null;
  const ground = median(greys, bare);
  let even = 0;
  for (let v = Math.max(0, ground - EVEN); v <= Math.min(255, ground + EVEN); v++) even += greys[v] as number;
  const tone = inkSum / Math.max(1, inked);
  if (even < EVEN_SHARE * bare || Math.abs(ground - tone) < LEAST_CONTRAST) return null;
  return { ...box, letters: row.length, letterHeight: middleHeight(row), ground, ink: tone };
}

const middleHeight = (row: Box[]) => row.map((l) => l.h).sort((a, b) => a - b)[row.length >> 1] as number;

/** Leaves out pieces of art that stand in line with the letters: too high, or off the row's middle. */
function withoutStrangers(row: Box[]): Box[] {
  const height = middleHeight(row);
  const middles = row.map((l) => l.y + l.h / 2).sort((a, b) => a - b);
  const middle = middles[middles.length >> 1] as number;
  const kept = row.filter((l) => l.h <= 2.2 * height && Math.abs(l.y + l.h / 2 - middle) <= 1.1 * height);
  return kept.length > 0 ? kept : row;
}

/** Dots of a screentone are all alike; letters never are. */
function isScreentone(row: Box[]): boolean {
  if (row.length < 5) return false;
  const alike = (sizes: number[]) => {
    const average = sizes.reduce((sum, s) => sum + s, 0) / sizes.length;
    const variance = sizes.reduce((sum, s) => sum + (s - average) ** 2, 0) / sizes.length;
    return Math.sqrt(variance) <= Math.max(0.6, 0.1 * average);
  };
  return alike(row.map((l) => l.w)) && alike(row.map((l) => l.h));
}

function median(counts: Uint32Array, total: number): number {
  let seen = 0;
  for (let v = 0; v < counts.length; v++) {
    seen += counts[v] as number;
    if (seen * 2 >= total) return v;
  }
  return counts.length - 1;
}

/** The blurred rim of a stroke is neither ink nor ground. */
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
