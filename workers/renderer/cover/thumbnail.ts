import type { Cover } from '../../../domain/cover.ts';
import { RenderError } from '../../../domain/errors.ts';
import { coverPicture, liveliness } from '../../../providers/media/liveliness.ts';
import { coverLettering } from './cover-lettering.ts';

export const thumbnailSize = { width: 1280, height: 720 };

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
  const drawn = async () => {
    const picture = await coverPicture(cover, pageFile, thumbnailSize);
    return picture
      .composite(lettering ? [{ input: Buffer.from(lettering) }] : [])
      .jpeg({ quality: 88 })
      .toFile(output);
  };
  await orRefuse(cover.page, drawn());
}

async function orRefuse<T>(page: number, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RenderError(`The thumbnail can't be cut from page ${page}: ${String(error)}`, { cause: error });
  }
}
