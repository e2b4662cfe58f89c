import type { Mask, Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Range of grey of an even ground. */
export const evenGreys = 22;

/** Returns the mean grey around a letter, without its ink. */
export function groundAround({ width, height, data }: Raster, ink: Mask, letter: Box): number {
  const reach = Math.max(3, letter.h >> 2);
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, letter.y - reach); y < Math.min(height, letter.y + letter.h + reach); y++) {
    for (let x = Math.max(0, letter.x - reach); x < Math.min(width, letter.x + letter.w + reach); x++) {
      if (ink.data[y * width + x] || isBlurred(ink, x, y)) continue;
      sum += data[y * width + x] as number;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Returns whether a pixel is in the blurred rim of a stroke, which is neither ink nor ground. */
export function isBlurred({ width, height, data }: Mask, x: number, y: number): boolean {
  const at = y * width + x;
  return Boolean(
    (x > 0 && data[at - 1]) ||
      (x + 1 < width && data[at + 1]) ||
      (y > 0 && data[at - width]) ||
      (y + 1 < height && data[at + width]) ||
      (x > 1 && data[at - 2]) ||
      (x + 2 < width && data[at + 2]),
  );
}
