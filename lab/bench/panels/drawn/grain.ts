import sharp from 'sharp';
import { type Chance, chanceOf } from './chance.ts';

/** Four uniform numbers with this spread have a standard deviation of 1 together. */
const spread = Math.sqrt(3);

/** Returns a PNG of noise around a middle grey, the same for the same seed. `sigma` is its standard deviation in levels of grey. */
export async function grain(
  chance: Chance,
  { width, height }: { width: number; height: number },
  sigma: number,
): Promise<Buffer> {
  const next = chanceOf(Math.floor(chance() * 2 ** 31));
  const data = new Uint8ClampedArray(width * height).map(
    () => 128 + sigma * spread * (next() + next() + next() + next() - 2),
  );
  return sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}
