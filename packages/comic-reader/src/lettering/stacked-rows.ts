import { union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** A group of letters is one row if it is not higher than this, in heights of its letters. */
const oneRow = 1.7;
/** Range of regular letters, in the usual height: what joins two rows is higher, and marks alone are lower. */
const regular = { least: 0.7, most: 1.5 };
/** Least part of the higher one of two letters in a row that both have in common. */
const level = 0.55;
/** Largest space between two letters of a row, in heights. */
const space = 1.5;
/** Least number of letters of a row. */
const leastLetters = 3;
/** More rows are a texture. */
const mostRows = 20;
/** Share of the narrower one's width that a row and the next one have in common. */
const stacked = 0.5;

/**
 * Splits a group of letters into the rows that it has: an accent that touches the letter above it joins two rows that are close.
 * @param height usual height of its letters
 * @returns the rows; the group itself if it has only one
 */
export function stackedRows<T extends Box>(group: readonly T[], height: number): T[][] {
  if (boxOf(group).h <= oneRow * height) return [[...group]];
  const isRegular = ({ h }: Box) => h >= regular.least * height && h <= regular.most * height;
  const chains = chainsOf(group.filter(isRegular), height).filter(({ length }) => length >= leastLetters);
  if (chains.length > mostRows) return [[...group]];
  const rows = besides(chains);
  const boxes = rows.map(boxOf);
  if (!boxes.some((a, i) => boxes.slice(i + 1).some((b) => areStacked(a, b)))) return [[...group]];
  const placed = rows.map((row) => [...row]);
  const known = new Set<T>(rows.flat());
  for (const letter of group) {
    if (known.has(letter)) continue;
    const nearest = rows.map((row) =>
      row.reduce((best, one) => (columnGap(one, letter) < columnGap(best, letter) ? one : best)),
    );
    const shared = nearest.map((one) => sharedHeight(one, letter));
    placed[shared.indexOf(Math.max(...shared))]?.push(letter);
  }
  return placed;
}

/** Joins letters side by side at the same height. */
function chainsOf<T extends Box>(letters: readonly T[], height: number): T[][] {
  const chains: T[][] = [];
  let open: { chain: T[]; last: T }[] = [];
  for (const letter of [...letters].sort((a, b) => a.x - b.x)) {
    open = open.filter(({ last }) => last.x + last.w + space * height >= letter.x);
    const before = open.find(({ last }) => sharedHeight(last, letter) >= level * Math.max(last.h, letter.h));
    if (before) {
      before.chain.push(letter);
      before.last = letter;
    } else {
      const chain = [letter];
      chains.push(chain);
      open.push({ chain, last: letter });
    }
  }
  return chains;
}

/** Joins parts of a row that a wide space separates. */
function besides<T extends Box>(chains: readonly T[][]): T[][] {
  const rows: T[][] = [];
  for (const chain of chains) {
    const box = boxOf(chain);
    const row = rows.find((other) => sharedHeight(boxOf(other), box) > 0.5 * Math.min(boxOf(other).h, box.h));
    if (row) row.push(...chain);
    else rows.push([...chain]);
  }
  return rows;
}

const areStacked = (a: Box, b: Box) => -columnGap(a, b) > stacked * Math.min(a.w, b.w);
const columnGap = (a: Box, b: Box) => Math.max(a.x, b.x) - Math.min(a.x + a.w, b.x + b.w);
const sharedHeight = (a: Box, b: Box) => Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
const boxOf = (letters: readonly Box[]): Box =>
  letters.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union);
