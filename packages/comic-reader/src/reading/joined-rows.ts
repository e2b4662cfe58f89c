import type { Component } from '../image/components.ts';
import type { Mask } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Part of the letters of both rows that a piece covers, if letters of both are joined in it. */
const leastCovered = 0.6;
/** Reach of marks above the upper row and below the lower one, in heights of a letter; art reaches further. */
const mostBeyond = 0.9;
/** Widest neck where a letter touches a letter or a mark of the next row, in heights of a letter. */
const widestNeck = 0.6;
/** Rows of pixels in which a neck can be, from the baseline of the upper letter, in heights of a letter. */
const inside = 0.15;

/**
 * Parts letters that touch a letter of the next row, in rows close to each other: clears the thinnest row of pixels between them,
 * the highest one of several, because what is between two rows are marks of the lower one.
 * @param rows from the top
 * @param letter usual height of a letter
 * @returns whether a piece was parted
 */
export function partJoinedRows(
  dark: Mask,
  labels: Int32Array,
  { pieces, rows, letter }: { pieces: readonly Component[]; rows: readonly Box[]; letter: number },
): boolean {
  const covered = (piece: Box, row: Box) =>
    (Math.min(piece.y + piece.h, row.y + row.h) - Math.max(piece.y, row.y)) / Math.min(row.h, letter);
  const bottomOf = ({ y, h }: Box) => y + h;
  let isParted = false;
  for (const piece of pieces) {
    const over = rows.filter((row) => covered(piece, row) >= leastCovered);
    const [upper, lower] = over;
    if (!upper || !lower || over.length > 2) continue;
    if (piece.y < upper.y - mostBeyond * letter || bottomOf(piece) > bottomOf(lower) + mostBeyond * letter)
      continue;
    const from = Math.round(bottomOf(upper) - inside * letter);
    const to = Math.round(bottomOf(lower) - (1 - inside) * letter);
    const neck = neckOf(piece, labels, { width: dark.width, from, to });
    if (!neck || neck.ink > widestNeck * letter) continue;
    for (let x = piece.x; x < piece.x + piece.w; x++) {
      const at = neck.y * dark.width + x;
      if (labels[at] === piece.label) dark.data[at] = 0;
    }
    isParted = true;
  }
  return isParted;
}

/** Returns the row of pixels with the least ink of a piece. */
function neckOf(
  piece: Component,
  labels: Int32Array,
  { width, from, to }: { width: number; from: number; to: number },
): { y: number; ink: number } | null {
  let best: { y: number; ink: number } | null = null;
  for (let y = Math.max(from, piece.y + 1); y < Math.min(to, piece.y + piece.h - 1); y++) {
    let ink = 0;
    for (let x = piece.x; x < piece.x + piece.w; x++) if (labels[y * width + x] === piece.label) ink++;
    if (!best || ink < best.ink) best = { y, ink };
  }
  return best;
}
