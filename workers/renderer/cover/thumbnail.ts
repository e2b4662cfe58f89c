import type { Cover, Covers } from '../../../domain/cover.ts';
import { RenderError } from '../../../domain/errors.ts';
import { limits } from '../../../domain/likeness/limits.ts';
import { pictureLikeness, type SeenPicture, seen } from '../../../domain/likeness/picture.ts';
import { coverPicture, liveliness } from '../../../providers/media/liveliness.ts';
import { panelPicture } from '../../../providers/media/panel-picture.ts';
import { coverLettering } from './cover-lettering.ts';

export const thumbnailSize = { width: 1280, height: 720 };

/** A panel for a thumbnail, and how promising it is by its shape and its picture. */
export interface ScoredCover extends Cover {
  score: number;
}

/**
 * Returns up to `most` panels for thumbnails: the one that the script names, then by their scores, each unlike those before. Throws
 * RenderError naming the page.
 */
export async function chooseCovers(
  { chosen, ranked }: Covers,
  fileOf: (page: number) => string,
  most: number,
): Promise<ScoredCover[]> {
  const scored = async (cover: Cover): Promise<ScoredCover> => ({
    ...cover,
    score: cover.interest * (await orRefuse(cover.page, liveliness(cover, fileOf(cover.page)))),
  });
  const others: ScoredCover[] = [];
  for (const cover of ranked) others.push(await scored(cover));
  others.sort((a, b) => b.score - a.score);
  const kept: { cover: ScoredCover; picture: SeenPicture }[] = [];
  for (const cover of chosen ? [await scored(chosen), ...others] : others) {
    if (kept.length === most) break;
    const picture = seen(await orRefuse(cover.page, panelPicture(fileOf(cover.page), cover.panel)));
    if (kept.some((other) => pictureLikeness(other.picture, picture) >= limits.picture)) continue;
    kept.push({ cover, picture });
  }
  if (kept.length === 0) throw new RenderError('panels.json has no panel for a thumbnail');
  return kept.map(({ cover }) => cover);
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
