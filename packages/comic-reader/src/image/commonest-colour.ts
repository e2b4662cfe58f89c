import type { Colour } from './raster.ts';

/** Returns the commonest colour of pixels that are not skipped, by steps of 16. */
export function commonestColour(data: Uint8Array, skipped: Uint8Array): Colour {
  const counts = new Uint32Array(4096);
  for (let i = 0, at = 0; i < skipped.length; i++, at += 3) {
    if (skipped[i]) continue;
    const bin =
      ((data[at] as number) >> 4) * 256 +
      ((data[at + 1] as number) >> 4) * 16 +
      ((data[at + 2] as number) >> 4);
    counts[bin] = (counts[bin] as number) + 1;
  }
  let best = 0;
  for (let bin = 1; bin < counts.length; bin++)
    if ((counts[bin] as number) > (counts[best] as number)) best = bin;
  return [(best >> 8) * 16 + 8, ((best >> 4) & 15) * 16 + 8, (best & 15) * 16 + 8];
}
