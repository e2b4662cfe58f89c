import type { Raster } from './raster.ts';

/** Levels of lightness. */
const levels = 16;
/** Distance of a pixel's colour from the usual one of its lightness, in levels of a channel; JPEG's noise and stains of paper are below. */
const leastDistance = 20;
/** Share of a page's pixels with such a colour; a stamp or a logo has less. */
const leastShare = 0.05;
/** Pixels between two samples. */
const step = 3;

/**
 * Returns whether a page is in colour. On a page in one ink, also on tinted paper, the colour of a pixel follows from its lightness;
 * on a page in colour, areas of one lightness have different colours.
 * @param raster RGB
 */
export function isInColour({ data }: Raster): boolean {
  const samples = Math.floor(data.length / (3 * step));
  const a = new Float32Array(samples);
  const b = new Float32Array(samples);
  const level = new Uint8Array(samples);
  const sums = Array.from({ length: levels }, () => ({ a: 0, b: 0, count: 0 }));
  for (let i = 0; i < samples; i++) {
    const at = 3 * step * i;
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    a[i] = red - green;
    b[i] = (red + green) / 2 - blue;
    level[i] = Math.floor((((red + green + blue) / 3) * levels) / 256);
    const sum = sums[level[i] as number] as (typeof sums)[number];
    sum.a += a[i] as number;
    sum.b += b[i] as number;
    sum.count++;
  }
  let others = 0;
  for (let i = 0; i < samples; i++) {
    const usual = sums[level[i] as number] as (typeof sums)[number];
    const away = [
      (a[i] as number) - usual.a / usual.count,
      (b[i] as number) - usual.b / usual.count,
    ] as const;
    if (Math.hypot(...away) > leastDistance) others++;
  }
  return others > leastShare * samples;
}
