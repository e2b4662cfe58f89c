import type { Box } from '../page/page.ts';

/**
 * Returns the correlation of columns and rows of the ink in a box: 1 for a stroke that falls, -1 for one that rises, 0 for a level
 * or upright one.
 * @param width of the picture, in pixels
 * @param isInk of a pixel of the picture, by its index
 */
export function slopeOf({ x, y, w, h }: Box, width: number, isInk: (at: number) => boolean): number {
  let [n, across, down, both, squareAcross, squareDown] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      if (!isInk((y + row) * width + x + column)) continue;
      n++;
      across += column;
      down += row;
      both += row * column;
      squareAcross += column * column;
      squareDown += row * row;
    }
  }
  const spread = Math.sqrt((n * squareAcross - across * across) * (n * squareDown - down * down));
  return spread === 0 ? 0 : (n * both - across * down) / spread;
}
