import type { Box } from './page.ts';
import type { Raster } from './raster.ts';

/**
 * Swaps rows and columns: lettering that runs downwards, as in Japanese, then lies in rows like any other, and a raster
 * that is swapped again is as it was.
 * @param raster grey
 */
export function transposed({ width, height, channels, data }: Raster): Raster {
  const out = new Uint8Array(width * height);
  // In squares, so that neither raster is walked against its grain.
  const side = 64;
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const [bottom, right] = [Math.min(height, top + side), Math.min(width, left + side)];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) out[x * height + y] = data[y * width + x] as number;
      }
    }
  }
  return { width: height, height: width, channels, data: out };
}

export const transposedBox = ({ x, y, w, h }: Box): Box => ({ x: y, y: x, w: h, h: w });
