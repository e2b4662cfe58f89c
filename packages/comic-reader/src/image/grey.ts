import type { Raster } from './raster.ts';

/** Converts RGB to grey by Rec. 601 luma, in 1/256. */
export function grey({ width, height, data }: Raster): Raster {
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    luma[i] =
      (77 * (data[at] as number) + 150 * (data[at + 1] as number) + 29 * (data[at + 2] as number)) >> 8;
  }
  return { width, height, channels: 1, data: luma };
}
