import { emptyMask, type Mask, type Raster } from './raster.ts';

/** Difference from the surroundings that makes a pixel ink. */
const contrast = 34;

/** Ink of both kinds: darker than its surroundings, and lighter (letters on night scenes). */
export interface Ink {
  dark: Mask;
  light: Mask;
}

/**
 * Separates ink from its surroundings by comparing each pixel with the mean of the window around it, so tinted paper and
 * shaded bubbles need no separate threshold. Works row by row on running column sums.
 * @param page grey
 * @param window side of the window in pixels, a few letters wide
 */
export function findInk({ width, height, data }: Raster, window: number): Ink {
  const dark = emptyMask(width, height);
  const light = emptyMask(width, height);
  const half = Math.max(1, window >> 1);
  const columns = new Int32Array(width);
  for (let y = 0; y < Math.min(half, height); y++) addRow(columns, data, y * width, 1);
  for (let y = 0; y < height; y++) {
    if (y + half < height) addRow(columns, data, (y + half) * width, 1);
    if (y - half - 1 >= 0) addRow(columns, data, (y - half - 1) * width, -1);
    const rows = Math.min(height - 1, y + half) - Math.max(0, y - half) + 1;
    let sum = 0;
    for (let x = 0; x < Math.min(half, width); x++) sum += columns[x] as number;
    for (let x = 0; x < width; x++) {
      if (x + half < width) sum += columns[x + half] as number;
      if (x - half - 1 >= 0) sum -= columns[x - half - 1] as number;
      const from = x > half ? x - half : 0;
      const to = x + half < width ? x + half : width - 1;
      const mean = sum / (rows * (to - from + 1));
      const value = data[y * width + x] as number;
      if (value < mean - contrast) dark.data[y * width + x] = 1;
      else if (value > mean + contrast) light.data[y * width + x] = 1;
    }
  }
  return { dark, light };
}

function addRow(columns: Int32Array, data: Uint8Array, from: number, sign: 1 | -1): void {
  for (let x = 0; x < columns.length; x++)
    columns[x] = (columns[x] as number) + sign * (data[from + x] as number);
}
