import type { Sharp } from 'sharp';
import type { Cover } from '../../domain/cover.ts';
import { loadSharp } from './load-sharp.ts';

interface Size {
  width: number;
  height: number;
}

/** Crops a panel of a page, given as its bytes or its file, to a thumbnail's shape, where it has most detail. */
export async function coverPicture(
  { panel }: Cover,
  page: Uint8Array | string,
  { width, height }: Size,
): Promise<Sharp> {
  const sharp = await loadSharp();
  return sharp(page)
    .extract({ left: panel.x, top: panel.y, width: panel.w, height: panel.h })
    .resize(width, height, { fit: 'cover', position: sharp.strategy.attention })
    .flatten();
}

/** Size at which pictures are compared; a larger one gives the same ranking. */
const looked = { width: 160, height: 90 };

/** Measures detail and colour: an even sky is near 0, a busy scene in colour above 1. */
export async function liveliness(cover: Cover, page: Uint8Array | string): Promise<number> {
  const sharp = await loadSharp();
  const small = (await coverPicture(cover, page, looked)).toColourspace('srgb').raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  const { entropy, sharpness, channels } = await sharp(data, { raw: info }).stats();
  const means = channels.map(({ mean }) => mean);
  const colour = (Math.max(...means) - Math.min(...means)) / 255;
  return (entropy / 8) * Math.min(1, 0.5 + sharpness / 30) + colour;
}
