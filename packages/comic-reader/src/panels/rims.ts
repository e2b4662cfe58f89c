import type { Mask, Raster } from '../image/raster.ts';
import type { GutterColour } from './gutter.ts';

/** Largest difference of a pixel on the rim of a gutter that is mostly gutter: it is a mixture with the art beside it. */
export const mixed = 64;

/** Returns how far the pixel at an index is from the gutter's colour, in the channel that differs most. */
export function awayFrom({ data }: Raster, { colour: [r, g, b] }: GutterColour): (pixel: number) => number {
  return (pixel) => {
    const red = Math.abs((data[3 * pixel] as number) - r);
    const green = Math.abs((data[3 * pixel + 1] as number) - g);
    return Math.max(red, green, Math.abs((data[3 * pixel + 2] as number) - b));
  };
}

/**
 * Adds the rims of gutter-coloured areas if they are mostly gutter and art begins right behind them, since a narrow gutter
 * consists of little more than rims in a small raster.
 * @returns a copy
 */
export function withRims(page: Raster, { width, height, data: mask }: Mask, gutter: GutterColour): Mask {
  const out = mask.slice();
  const away = awayFrom(page, gutter);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      if (mask[at]) continue;
      const right = mask[at + 1] as number;
      const below = mask[at + width] as number;
      // Gutter on one side only, and art right behind.
      const isBeside = right !== mask[at - 1];
      const isAbove = below !== mask[at - width];
      if (!isBeside && !isAbove) continue;
      const own = away(at);
      if (own > mixed) continue;
      if (
        (isBeside && away(right ? at - 1 : at + 1) >= own + mixed) ||
        (isAbove && away(below ? at - width : at + width) >= own + mixed)
      )
        out[at] = 1;
    }
  }
  return { width, height, data: out };
}
