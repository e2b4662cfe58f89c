import type { Mask } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Least share of its box that a dot fills; letters are strokes, and fill less. */
const filledShare = 0.55;

/** Returns whether a row is dots of a screentone: filled, of one size and equally far apart; letters are never all three. */
export function isScreentone(ink: Mask, row: readonly Box[]): boolean {
  if (row.length < 5) return false;
  const alike = (sizes: number[]) => {
    const average = sizes.reduce((sum, s) => sum + s, 0) / sizes.length;
    const variance = sizes.reduce((sum, s) => sum + (s - average) ** 2, 0) / sizes.length;
    return Math.sqrt(variance) <= Math.max(0.6, 0.1 * average);
  };
  const middles = row.map((l) => l.x + l.w / 2).sort((a, b) => a - b);
  const steps = middles.slice(1).map((middle, i) => middle - (middles[i] as number));
  if (!alike(row.map((l) => l.w)) || !alike(row.map((l) => l.h)) || !alike(steps)) return false;
  return row.reduce((sum, letter) => sum + filled(ink, letter), 0) >= filledShare * row.length;
}

/** Returns the share of a box that is ink. */
function filled({ width, data }: Mask, { x, y, w, h }: Box): number {
  let ink = 0;
  for (let row = y; row < y + h; row++) {
    for (let at = row * width + x; at < row * width + x + w; at++) ink += data[at] as number;
  }
  return ink / (w * h);
}
