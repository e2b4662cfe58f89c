import type { Box } from '../page/page.ts';

/** Variance of a pixel along a line, in squares of its side: a line of one pixel's width is not infinitely thin. */
const pixel = 1 / 12;

/**
 * Returns how many times as long as wide the ink in a box is, at any angle: 1 for a round dot, 2 for a short stroke.
 * @param width of the picture, in pixels
 * @param inkAt returns the darkness of a pixel of the picture, by its index
 */
export function elongationOf({ x, y, w, h }: Box, width: number, inkAt: (at: number) => number): number {
  let [sum, across, down, both, squareAcross, squareDown] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const ink = inkAt((y + row) * width + x + column);
      sum += ink;
      across += ink * column;
      down += ink * row;
      both += ink * row * column;
      squareAcross += ink * column * column;
      squareDown += ink * row * row;
    }
  }
  if (sum === 0) return 1;
  const [middleX, middleY] = [across / sum, down / sum];
  const wide = squareAcross / sum - middleX ** 2 + pixel;
  const high = squareDown / sum - middleY ** 2 + pixel;
  const slanted = both / sum - middleX * middleY;
  const usual = (wide + high) / 2;
  const away = Math.hypot((wide - high) / 2, slanted);
  return Math.sqrt((usual + away) / (usual - away));
}
