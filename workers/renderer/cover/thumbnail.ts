import sharp from 'sharp';
import type { Cover, Covers } from '../../../domain/cover.ts';
import { RenderError } from '../../../domain/errors.ts';
import { limits } from '../../../domain/likeness/limits.ts';
import { pictureLikeness, type SeenPicture, seen } from '../../../domain/likeness/picture.ts';
import { liveliestPart, liveliness } from '../../../providers/media/liveliness.ts';
import { panelPicture } from '../../../providers/media/panel-picture.ts';
import type { Headline } from './cover-lettering.ts';
import { type HeadlinePlace, headlinePlace } from './headline-place.ts';

export const thumbnailSize = { width: 1280, height: 720 };

/** A panel for a thumbnail, and how promising it is by its shape and its picture. */
export interface ScoredCover extends Cover {
  score: number;
  /** The part that is shown if the headline has a place over the picture; otherwise the headline is drawn beside it. */
  place: HeadlinePlace | undefined;
}

/**
 * Returns up to `most` panels for thumbnails, each unlike those before: the one that the script names, then those where the headline
 * has a place, then the others, by their scores. Throws RenderError naming the page.
 */
export async function chooseCovers(
  { chosen, ranked }: Covers,
  fileOf: (page: number) => string,
  most: number,
  headline?: Headline,
): Promise<ScoredCover[]> {
  const share = (headline?.height ?? 0) / thumbnailSize.height;
  const scored = (cover: Cover) =>
    orRefuse(cover.page, async (): Promise<ScoredCover> => {
      const file = fileOf(cover.page);
      return {
        ...cover,
        score: cover.interest * (await liveliness(cover, file)),
        place: headlinePlace(cover, await liveliestPart(cover.panel, file, thumbnailSize), share),
      };
    });
  const others: ScoredCover[] = [];
  for (const cover of ranked) others.push(await scored(cover));
  others.sort((a, b) => Number(b.place !== undefined) - Number(a.place !== undefined) || b.score - a.score);
  const kept: { cover: ScoredCover; picture: SeenPicture }[] = [];
  for (const cover of chosen ? [await scored(chosen), ...others] : others) {
    if (kept.length === most) break;
    const picture = seen(await orRefuse(cover.page, () => panelPicture(fileOf(cover.page), cover.panel)));
    if (kept.some((other) => pictureLikeness(other.picture, picture) >= limits.picture)) continue;
    kept.push({ cover, picture });
  }
  if (kept.length === 0) throw new RenderError('panels.json has no panel for a thumbnail');
  return kept.map(({ cover }) => cover);
}

/** Draws the thumbnail: the panel, and a few words that are readable at 320 pixels, over it or below it. */
export async function drawThumbnail(
  { page, panel, place }: Pick<ScoredCover, 'page' | 'panel' | 'place'>,
  pageFile: string,
  headline: Headline | undefined,
  output: string,
): Promise<void> {
  const { width, height } = thumbnailSize;
  // Beside the headline a picture needs only the rest of the room.
  const shown = { width, height: height - (place ? 0 : Math.ceil(headline?.height ?? 0)) };
  await orRefuse(page, async () => {
    const { x, y, w, h } = place?.crop ?? (await liveliestPart(panel, pageFile, shown));
    await sharp(pageFile)
      .extract({ left: x, top: y, width: w, height: h })
      .resize(shown.width, shown.height, { fit: 'fill' })
      .flatten()
      .extend({ bottom: height - shown.height, background: '#111' })
      .composite(headline ? [{ input: Buffer.from(headline.drawnAt(place?.edge ?? 'bottom')) }] : [])
      .jpeg({ quality: 88 })
      .toFile(output);
  });
}

async function orRefuse<T>(page: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new RenderError(`The thumbnail can't be cut from page ${page}: ${String(error)}`, { cause: error });
  }
}
