import sharp, { type Sharp } from 'sharp';
import { RenderError } from '../../../domain/errors.ts';
import type { Box } from '../../../domain/page.ts';
import type { PlacedShot, Size } from '../shots/shot.ts';
import { makeBackdrop } from './backdrop.ts';
import { drawCard } from './draw-card.ts';
import { type Allocate, type Planes, planesFromRgb } from './planes.ts';

/** What one shot draws from. */
export interface Picture {
  /** The art at the largest size that the shot shows it. */
  art: Planes;
  /** The same art, blurred and dark, in the frame's shape; small, as there is no detail in it. */
  backdrop: Planes;
}

/** Where only a part of the art is drawn from, its backdrop is made of the whole at this width. */
const widthBehind = 480;

/**
 * Reads a shot's art from its page. Scaled once, to just what the shot needs: the sampler then moves between sizes
 * that differ by a few percent, where bilinear is sharp enough. Both pictures are made in what `allocate` gives.
 * Throws RenderError naming the page.
 */
export async function preparePicture(
  pageFile: string,
  shot: PlacedShot,
  frame: Size,
  allocate?: Allocate,
): Promise<Picture> {
  const { x, y, w, h } = shot.art;
  const width = evenAbove(Math.max(shot.from.width, shot.to.width));
  const height = evenAbove(Math.max(shot.from.height, shot.to.height));
  try {
    const art = await (shot.card
      ? drawCard(shot.card, page(pageFile, shot.art), { width, height })
      : cutOut(pageFile, shot.art, { width, height }));
    const planes = planesFromRgb(art, width, height, allocate);
    const behind = sameBox(shot.art, shot.behind) ? planes : await readSmall(pageFile, shot.behind);
    return { art: planes, backdrop: makeBackdrop(behind, shot, frame, allocate) };
  } catch (error) {
    const place = `${w}×${h} at ${x},${y}`;
    throw new RenderError(`Page ${shot.page} can't be drawn (${place}): ${String(error)}`, { cause: error });
  }
}

const page = (file: string, { x, y, w, h }: Box): Sharp =>
  sharp(file).extract({ left: x, top: y, width: w, height: h }).flatten({ background: 'white' });

const cutOut = (file: string, box: Box, { width, height }: Size): Promise<Buffer> =>
  page(file, box)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();

async function readSmall(file: string, box: Box): Promise<Planes> {
  const size = { width: widthBehind, height: evenAbove((widthBehind * box.h) / box.w) };
  return planesFromRgb(await cutOut(file, box, size), size.width, size.height);
}

const sameBox = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
const evenAbove = (size: number) => Math.max(2, Math.ceil(size / 2) * 2);
