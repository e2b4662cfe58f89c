import sharp, { type Sharp } from 'sharp';
import type { Cover } from '../../../domain/cover.ts';
import { RenderError } from '../../../domain/errors.ts';
import type { Size } from '../shots/shot.ts';
import { coverLettering } from './cover-lettering.ts';

export const thumbnailSize = { width: 1280, height: 720 };

/** Number of candidates whose pictures are compared. */
export const mostCovers = 6;

/** Crops the panel to the thumbnail's shape, where it has most detail. */
const cutOut = ({ panel }: Cover, pageFile: string, size: Size): Sharp =>
  sharp(pageFile)
    .extract({ left: panel.x, top: panel.y, width: panel.w, height: panel.h })
    .resize(size.width, size.height, { fit: 'cover', position: sharp.strategy.attention })
    .flatten();

/** Size at which pictures are compared; a larger one gives the same ranking. */
const looked = { width: 160, height: 90 };

/** Measures detail and colour: an even sky is near 0, a busy scene in colour above 1. */
async function liveliness(cover: Cover, pageFile: string): Promise<number> {
  const small = cutOut(cover, pageFile, looked).toColourspace('srgb').raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  const { entropy, sharpness, channels } = await sharp(data, { raw: info }).stats();
  const means = channels.map(({ mean }) => mean);
  const colour = (Math.max(...means) - Math.min(...means)) / 255;
  return (entropy / 8) * Math.min(1, 0.5 + sharpness / 30) + colour;
}

/** Returns the most interesting candidate by its picture. Throws RenderError naming the page. */
export async function chooseCover(
  covers: readonly Cover[],
  fileOf: (page: number) => string,
): Promise<Cover> {
  let best: { cover: Cover; score: number } | undefined;
  for (const cover of covers) {
    const lively =
      covers.length === 1 ? 1 : await orRefuse(cover.page, liveliness(cover, fileOf(cover.page)));
    const score = cover.interest * lively;
    if (!best || score > best.score) best = { cover, score };
  }
  if (!best) throw new RenderError('panels.json has no panel for a thumbnail');
  return best.cover;
}

/** Draws the thumbnail: the panel, and over it a few words that are readable at 320 pixels. */
export async function drawThumbnail(
  cover: Cover,
  pageFile: string,
  words: string,
  output: string,
): Promise<void> {
  const lettering = await coverLettering(words, thumbnailSize);
  const drawn = cutOut(cover, pageFile, thumbnailSize)
    .composite(lettering ? [{ input: Buffer.from(lettering) }] : [])
    .jpeg({ quality: 88 })
    .toFile(output);
  await orRefuse(cover.page, drawn);
}

async function orRefuse<T>(page: number, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RenderError(`The thumbnail can't be cut from page ${page}: ${String(error)}`, { cause: error });
  }
}
