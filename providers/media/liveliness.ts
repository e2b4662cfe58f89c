import type { Sharp } from 'sharp';
import type { Cover } from '../../domain/cover.ts';
import type { Box } from '../../domain/page.ts';
import { loadSharp } from './load-sharp.ts';

interface Size {
  width: number;
  height: number;
}

/** Crops a panel of a page, given as its bytes or its file, to a thumbnail's shape, where it has most detail. */
async function coverPicture(panel: Box, page: Uint8Array | string, { width, height }: Size): Promise<Sharp> {
  const sharp = await loadSharp();
  return sharp(page)
    .extract({ left: panel.x, top: panel.y, width: panel.w, height: panel.h })
    .resize(width, height, { fit: 'cover', position: sharp.strategy.attention })
    .flatten();
}

/** Returns the part of a panel, in page pixels, that has most detail, in the shape of a picture. */
export async function liveliestPart(panel: Box, page: Uint8Array | string, picture: Size): Promise<Box> {
  const { info } = await (await coverPicture(panel, page, picture)).toBuffer({ resolveWithObject: true });
  const scale = Math.max(picture.width / panel.w, picture.height / panel.h);
  const along = (size: number, most: number) => Math.max(1, Math.min(most, Math.round(size / scale)));
  const [w, h] = [along(picture.width, panel.w), along(picture.height, panel.h)];
  const from = (offset: number | undefined, slack: number) =>
    Math.max(0, Math.min(slack, Math.round(-(offset ?? 0) / scale)));
  return {
    x: panel.x + from(info.cropOffsetLeft, panel.w - w),
    y: panel.y + from(info.cropOffsetTop, panel.h - h),
    ...{ w, h },
  };
}

/** Size at which pictures are compared; a larger one gives the same ranking. */
const looked = { width: 160, height: 90 };

/** Measures detail and colour: an even sky is near 0, a busy scene in colour above 1. */
export async function liveliness(cover: Cover, page: Uint8Array | string): Promise<number> {
  const sharp = await loadSharp();
  const small = (await coverPicture(cover.panel, page, looked)).toColourspace('srgb').raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  const { entropy, sharpness, channels } = await sharp(data, { raw: info }).stats();
  const means = channels.map(({ mean }) => mean);
  const colour = (Math.max(...means) - Math.min(...means)) / 255;
  return (entropy / 8) * Math.min(1, 0.5 + sharpness / 30) + colour;
}
