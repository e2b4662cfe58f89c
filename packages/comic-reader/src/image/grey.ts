import type { Raster } from './raster.ts';

/** Returns the Rec. 601 luma of the pixel at an index, in 1/256. */
export const lumaOf = (data: Uint8Array, at: number): number =>
  (77 * (data[at] as number) + 150 * (data[at + 1] as number) + 29 * (data[at + 2] as number)) >> 8;

/** Converts RGB to grey. */
export function grey({ width, height, data }: Raster): Raster {
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) luma[i] = lumaOf(data, at);
  return { width, height, channels: 1, data: luma };
}
