import { type Raster, union } from '../image/raster.ts';
import { lettersOf, type TextBlock } from '../lettering/text-blocks.ts';
import type { TextLine } from '../lettering/text-line.ts';
import { drawRow, roomAbove, roomBelow } from './draw-row.ts';
import { sheared, slantOf } from './slant.ts';

/** White margin around the picture of a block, in pixels. */
export const margin = 12;
/** Ratio of sizes from which a row gets its own scale; the other letters of a bubble have one scale. */
const otherSize = 1.5;
/** Size of pieces close above or below a row that are its marks, in sizes of its letters. */
const smaller = 0.7;
/** Letters of a block whose slant is measured: a few, such as V, A and Y, have sloping strokes only. */
const enoughLetters = 9;
/** Height of letters at which the slant of a page is measured, in pixels. */
const heightForSlant = 24;

/** Pictures of a block. */
export interface BlockPictures {
  plain: Raster;
  /** With letters at the ends of rows that touch the outline around them; null if none does. */
  grown: Raster | null;
}

/**
 * Draws only the rows of a block, black on white, at the size that suits the recognizer, with space between them. Outlines,
 * tails and art around the letters, and marks of one row that reach into another, would be read as false words.
 * @param page grey, at the best available resolution
 * @param scale pixels of this page per pixel of the raster that the block was found in
 * @param letterHeight median height of its letters in the picture, in pixels
 * @param usualSlant slant of the page's lettering, for a block of few letters
 */
export function isolate(
  page: Raster,
  block: TextBlock,
  scale: number,
  { letterHeight, usualSlant }: { letterHeight: number; usualSlant: number },
): BlockPictures {
  const strips = stripsOf(page, block, scale, letterHeight);
  const isLong = lettersOf(block) >= enoughLetters;
  const slant = isLong ? slantOf(strips.map(({ plain }) => plain)) : usualSlant;
  const stacked = (of: 'plain' | 'grown') =>
    stack(strips.map((strip) => ({ left: strip.left, picture: sheared(strip[of], slant) })));
  const hasGrown = strips.some(({ plain, grown }) => plain !== grown);
  return { plain: stacked('plain'), grown: hasGrown ? stacked('grown') : null };
}

/** Returns the median slant of a page's long blocks; 0 without any. */
export function slantOfPage(page: Raster, blocks: readonly TextBlock[], scale: number): number {
  const long = blocks.filter((block) => lettersOf(block) >= enoughLetters);
  const slants = long.map((block) =>
    slantOf(stripsOf(page, block, scale, heightForSlant).map(({ plain }) => plain)),
  );
  return slants.length > 0 ? middle(slants) : 0;
}

/** Draws the rows of a block, each at its place from the left. */
function stripsOf(page: Raster, block: TextBlock, scale: number, letterHeight: number) {
  const rows = rowsOf(block.lines);
  const usual = middle(block.lines.map((l) => l.letterHeight));
  return rows.map((row) => {
    const other = Math.max(row.letterHeight, usual) > otherSize * Math.min(row.letterHeight, usual);
    const zoom = Math.min(4, Math.max(0.4, letterHeight / ((other ? row.letterHeight : usual) * scale)));
    return { left: Math.round((row.x - block.x) * scale * zoom), ...drawRow(page, row, rows, scale, zoom) };
  });
}

/** Joins the parts of rows with wide spaces; returns rows from the top. */
export function rowsOf(lines: readonly TextLine[]): TextLine[] {
  const rows: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => b.letters - a.letters)) {
    const at = rows.findIndex((row) => {
      const shared = Math.min(row.y + row.h, line.y + line.h) - Math.max(row.y, line.y);
      return shared > 0.5 * Math.min(row.h, line.h);
    });
    const row = rows[at];
    if (!row && rows.some((of) => isMarkOf(of, line))) continue;
    if (row) rows[at] = { ...row, ...union(row, line), letters: row.letters + line.letters };
    else rows.push(line);
  }
  return rows.sort((a, b) => a.y - b.y);
}

/** Returns whether a line is only hooks and accents over a row, or dots under it. */
function isMarkOf(row: TextLine, line: TextLine): boolean {
  const middle = line.y + line.h / 2;
  return (
    line.letterHeight < smaller * row.letterHeight &&
    middle > row.y - roomAbove * row.letterHeight &&
    middle < row.y + row.h + roomBelow * row.letterHeight
  );
}

/** Draws rows under each other on white, each with its indent. */
function stack(strips: readonly { left: number; picture: Raster }[]): Raster {
  const leftmost = Math.min(...strips.map(({ left }) => left));
  const width = Math.max(...strips.map(({ left, picture }) => left - leftmost + picture.width)) + 2 * margin;
  const height = strips.reduce((sum, { picture }) => sum + picture.height, 0) + 2 * margin;
  const data = new Uint8Array(width * height).fill(255);
  let top = margin;
  for (const { left, picture } of strips) {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * picture.width, (y + 1) * picture.width);
      data.set(row, (top + y) * width + margin + left - leftmost);
    }
    top += picture.height;
  }
  return { width, height, channels: 1, data };
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
