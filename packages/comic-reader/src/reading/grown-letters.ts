import type { Box } from '../page/page.ts';

/** Labelled pieces of ink in the picture of a row, and which of them reach in from outside. */
export interface RowPieces {
  width: number;
  height: number;
  labels: Int32Array;
  isStranger(label: number): boolean;
}

/** Reach of a grown letter over the first of the other letters, in heights of a letter, and its largest distance from it. */
const over = 0.15;
const nearest = 0.35;
/** Rows of pixels above and below the letters in which the outline is seen alone, in heights of a letter. */
const zone = { from: 0.1, to: 0.6 };
/** Blur inside of an outline, in heights of a letter. */
const blur = 0.05;
/** Least height and area of a letter's ink, in heights of a letter and their square: less is a bend of the outline. */
const least = { height: 0.5, area: 0.12 };

/**
 * Finds letters at both ends of a row that touch the outline of their balloon or a frame, so that both are one piece of ink: what
 * is further inside than the outline, which continues above and below the row.
 * @param row the box of the other letters
 * @param letter height of a letter, in pixels
 * @returns the pixels of these letters; null if there are none
 */
export function grownLetters(pieces: RowPieces, row: Box, letter: number): Uint8Array | null {
  const ends = [false, true].map((mirrored) => grownAt(pieces, row, letter, mirrored));
  const pixels = ends.flat();
  if (pixels.length === 0) return null;
  const mask = new Uint8Array(pieces.width * pieces.height);
  for (const at of pixels) mask[at] = 1;
  return mask;
}

/** Returns the pixels of a grown letter at the left end, or at the right one. */
function grownAt(pieces: RowPieces, row: Box, letter: number, mirrored: boolean): number[] {
  const { width, height, labels, isStranger } = pieces;
  const at = (x: number, y: number) => y * width + (mirrored ? width - 1 - x : x);
  const end = mirrored ? width - row.x - row.w : row.x;
  const inner = Math.min(width, Math.round(end + over * letter));
  const isInk = (x: number, y: number) => {
    const label = labels[at(x, y)] as number;
    return label > 0 && isStranger(label);
  };
  const innermost = (y: number) => {
    let x = inner - 1;
    while (x >= 0 && !isInk(x, y)) x--;
    return x;
  };
  const edge = (from: number, to: number) => {
    const [first, last] = [Math.max(0, Math.round(from)), Math.min(height, Math.round(to))];
    const found = Array.from({ length: Math.max(0, last - first) }, (_, i) => innermost(first + i));
    return found.sort((a, b) => a - b)[found.length >> 1] ?? -1;
  };
  const [top, bottom] = [row.y, row.y + row.h];
  const above = edge(top - zone.to * letter, top - zone.from * letter);
  const below = edge(bottom + zone.from * letter, bottom + zone.to * letter);
  const [first, last] = [Math.max(0, Math.round(top)), Math.min(height, Math.round(bottom))];
  const found: number[] = [];
  let [high, low, nearby] = [last, first, 0];
  for (let y = first; y < last; y++) {
    const outline = above + ((below - above) * (y - top)) / row.h;
    for (let x = Math.max(0, Math.ceil(outline + blur * letter)); x < inner; x++) {
      if (!isInk(x, y)) continue;
      found.push(at(x, y));
      [high, low, nearby] = [Math.min(high, y), Math.max(low, y + 1), Math.max(nearby, x)];
    }
  }
  const isLetter =
    low - high >= least.height * letter &&
    found.length >= least.area * letter ** 2 &&
    nearby >= end - nearest * letter;
  return isLetter ? found : [];
}
