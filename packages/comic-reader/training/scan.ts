import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../src/image/raster.ts';
import { between, type Chance } from './chance.ts';

/** How much lines are spoilt: the largest blur, and the smallest letters that are enlarged, relative to a letter's height. */
export interface Scan {
  mostBlur: number;
  smallest: number;
}

export const clearScan: Scan = { mostBlur: 0.075, smallest: 9 };
export const poorScan: Scan = { mostBlur: 0.12, smallest: 8 };

/** sharp's least blur, in pixels. */
const leastBlur = 0.3;

/** Draws a picture in grey as a scan or a download has it: blurred, enlarged, with grain, as a JPEG, or none of these. */
export async function scanned(
  chance: Chance,
  drawn: { svg: string; width: number; height: number; letterHeight: number },
  { mostBlur, smallest }: Scan,
): Promise<Raster> {
  const { svg, width, height, letterHeight } = drawn;
  const raw = { raw: { width, height, channels: 1 as const } };
  const blur = chance() < 0.5 ? between(chance, leastBlur, Math.max(0.4, mostBlur * letterHeight)) : 0;
  const reduced =
    chance() < 0.35 ? between(chance, Math.max(0.45, Math.min(1, smallest / letterHeight)), 1) : 1;
  let data: Uint8Array = await greyOf(sharp(Buffer.from(svg)).removeAlpha());
  if (blur >= leastBlur) data = await greyOf(sharp(data, raw).blur(blur));
  if (reduced < 1) {
    const size = [Math.round(width * reduced), Math.round(height * reduced)] as const;
    const small = sharp(data, raw)
      .resize(...size, { fit: 'fill' })
      .toColourspace('b-w');
    data = await greyOf(sharp(await small.png().toBuffer()).resize(width, height, { fit: 'fill' }));
  }
  if (chance() < 0.25) {
    const by = between(chance, 4, 30);
    data = data.map((value) => Math.min(255, Math.max(0, value + by * (chance() + chance() - 1))));
  }
  if (chance() < 0.6) {
    const quality = Math.round(between(chance, 35, 92));
    data = await greyOf(sharp(await sharp(data, raw).jpeg({ quality }).toBuffer()));
  }
  return { width, height, channels: 1, data };
}

const greyOf = async (picture: Sharp): Promise<Uint8Array> =>
  new Uint8Array(await picture.toColourspace('b-w').raw().toBuffer());
