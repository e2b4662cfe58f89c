import type { Box } from '../page/page.ts';
import type { Raster } from './raster.ts';

/**
 * Swaps rows and columns, so that vertical lettering, as in Japanese, is in rows like any other. Swapping again restores
 * the raster.
 * @param raster grey
 */
export function transposed({ width, height, channels, data }: Raster): Raster {
  const out = new Uint8Array(width * height);
  // In squares, so that both rasters are read and written with few cache misses.
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
