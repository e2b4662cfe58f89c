import { label } from '../image/components.ts';
import { type Fields, fieldAround } from '../image/fields.ts';
import { type Mask, overlap } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { home } from './home.ts';
import { isScreentone } from './screentone.ts';
import { stackedRows } from './stacked-rows.ts';

/** Bounds of a letter's size, in pixels. */
export interface LetterSize {
  least: number;
  most: number;
}

/** A piece of ink as large as a letter, and the number of its field; 0 if that is unclear. */
export interface Letter extends Box {
  field: number;
}

/**
 * Finds rows of pieces of letter size that are next to each other in one field.
 * @param fields null if rows can cross fields
 * @param panels captions of two panels that stand side by side have separate rows
 */
export function letterRows(
  ink: Mask,
  fields: Fields | null,
  size: LetterSize,
  panels: readonly Box[] = [],
): Letter[][] {
  const pieces = label(ink).components;
  const large = pieces.filter(
    (c) =>
      c.h >= size.least &&
      c.h <= size.most &&
      c.w <= c.h * 5 &&
      c.area >= 0.12 * c.w * c.h &&
      // A straight stroke is an l or an i; a longer one is a frame.
      c.h <= c.w * 12,
  );
  const letters = large.map(({ x, y, w, h }): Letter => {
    const box = { x, y, w, h };
    return { ...box, field: fields ? fieldAround(fields, box) : 0 };
  });
  const points = pieces.filter((c) => c.h < size.least && c.w < size.least && c.area >= 3);
  return joined(letters, points, panels).flatMap((row) =>
    isScreentone(ink, row) ? [row] : stackedRows(row, middleHeight(row)),
  );
}

/** Returns whether nothing separates two letters: no outline of a balloon, no frame. */
export const shareField = (a: { field: number }, b: { field: number }) =>
  a.field === b.field || a.field === 0 || b.field === 0;

const outside = -1;

const homeWithin = (letter: Box, panels: readonly Box[]) =>
  panels.some((panel) => overlap(letter, panel) > 0) ? home(letter, panels) : outside;

/** Joins letters side by side at about the same height, also with points and commas between them. */
function joined(letters: readonly Letter[], points: readonly Box[], panels: readonly Box[]): Letter[][] {
  const homes = new Map<Box, number>();
  const homeOf = (letter: Box): number => {
    const known = homes.get(letter) ?? homeWithin(letter, panels);
    homes.set(letter, known);
    return known;
  };
  // Letters outside of panels are separated by spaces alone.
  const apart = (a: Box, b: Box) => {
    const [own, other] = panels.length > 1 ? [homeOf(a), homeOf(b)] : [outside, outside];
    return own !== other && own !== outside && other !== outside;
  };
  const sorted = [...letters].sort((a, b) => a.x - b.x);
  const ends = withPoints(sorted, points);
  const group = sorted.map((_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (group[root] !== root) root = group[root] as number;
    group[i] = root;
    return root;
  };
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i] as Letter;
    const end = ends[i] as number;
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Letter;
      if (b.x > end + 1.5 * Math.max(a.h, 12)) break;
      if (!shareField(a, b)) continue;
      const tall = Math.max(a.h, b.h);
      const short = Math.min(a.h, b.h);
      const shared = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
      const gap = b.x - end;
      if (gap > 0.8 * tall || shared < 0.5 * short || tall > 2.6 * short) continue;
      if (gap <= 0.5 * short || !apart(a, b)) group[find(j)] = find(i);
    }
  }
  const rows = new Map<number, Letter[]>();
  for (const [i, letter] of sorted.entries()) {
    const root = find(i);
    const row = rows.get(root);
    if (row) row.push(letter);
    else rows.set(root, [letter]);
  }
  return [...rows.values()].flatMap(byField);
}

/** Splits a row that crosses several fields; a letter in none belongs to its neighbour's. */
function byField(row: Letter[]): Letter[][] {
  const known = row.filter(({ field }) => field !== 0);
  if (known.every(({ field }) => field === known[0]?.field)) return [row];
  const parts = new Map<number, Letter[]>();
  const away = (a: Letter, b: Letter) => Math.abs(a.x + a.w / 2 - b.x - b.w / 2);
  for (const letter of row) {
    const { field } =
      letter.field !== 0
        ? letter
        : known.reduce((best, one) => (away(one, letter) < away(best, letter) ? one : best));
    parts.set(field, [...(parts.get(field) ?? []), letter]);
  }
  return [...parts.values()];
}

/** Returns the end of each letter including points and commas after it, so that an ellipsis does not split a row. */
function withPoints(letters: readonly Box[], points: readonly Box[]): number[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  let first = 0;
  return letters.map((letter) => {
    while (first < sorted.length && (sorted[first] as Box).x < letter.x) first++;
    let end = letter.x + letter.w;
    for (let i = first; i < sorted.length; i++) {
      const point = sorted[i] as Box;
      if (point.x - end > 0.6 * letter.h) break;
      const middle = point.y + point.h / 2;
      const atFoot = middle > letter.y + 0.6 * letter.h && middle < letter.y + 1.4 * letter.h;
      if (atFoot && point.h < 0.5 * letter.h) end = Math.max(end, point.x + point.w);
    }
    return end;
  });
}

/** Returns the median height of letters. */
export const middleHeight = (row: readonly Box[]) =>
  row.map((l) => l.h).sort((a, b) => a - b)[row.length >> 1] as number;
