import sharp, { type Sharp } from 'sharp';
import { RenderError } from '../../../domain/errors.ts';
import type { Box } from '../../../domain/page.ts';
import type { PlacedShot, Size } from '../shots/shot.ts';
import { makeBackdrop } from './backdrop.ts';
import type { drawCard } from './draw-card.ts';
import type { DrawingMemory } from './drawing-memory.ts';
import { enlarge } from './enlarge.ts';
import { allocatePicture, type ChromaStep, type Planes, planesFromRgb } from './planes.ts';

/** Pictures that one shot is drawn from. */
export interface Picture {
  /** The art at the largest size in the shot. */
  art: Planes;
  /** The same art, blurred and dark, in the frame's shape; small, as it has no detail. */
  backdrop: Planes;
}

/** If only a part of the art is drawn, its backdrop is made of the whole at this width. */
const widthBehind = 480;

/** From this factor on, art is enlarged with full chroma; below it the result can hold only half of it. */
const fullColourFrom = 1.5;

/**
 * Reads a shot's art from its page, scaled once to the size that the shot needs: the sampler then interpolates between
 * sizes that differ by a few percent, where bilinear is sharp enough. Both pictures are in the shot's room in `memory`.
 * Throws RenderError naming the page.
 */
export async function preparePicture(
  pageFile: string,
  shot: PlacedShot,
  frame: Size,
  memory: DrawingMemory,
): Promise<Picture> {
  const { x, y, w, h } = shot.art;
  const width = evenAbove(Math.max(shot.from.width, shot.to.width));
  const height = evenAbove(Math.max(shot.from.height, shot.to.height));
  const size = { width, height };
  try {
    const read = shot.card
      ? await planesOf(letteredCard(shot.card, page(pageFile, shot.art), size), size, memory)
      : await readArt(pageFile, shot.art, size, memory);
    const behind = sameBox(shot.art, shot.behind) ? read : await readSmall(pageFile, shot.behind, memory);
    const backdrop = makeBackdrop(behind, shot, frame, memory);
    return { art: enlarged(read, size, memory), backdrop };
  } catch (error) {
    const place = `${w}×${h} at ${x},${y}`;
    throw new RenderError(`Page ${shot.page} can't be drawn (${place}): ${String(error)}`, { cause: error });
  }
}

const page = (file: string, { x, y, w, h }: Box): Sharp =>
  sharp(file).extract({ left: x, top: y, width: w, height: h }).flatten({ background: 'white' });

/** Loads the letters with the first card: most threads draw none. */
const letteredCard = async (...card: Parameters<typeof drawCard>): Promise<Buffer> =>
  (await import('./draw-card.ts')).drawCard(...card);

/** Reads art at the requested size, or at its own if that is smaller; {@link enlarge} does the rest. */
function readArt(file: string, box: Box, wanted: Size, memory: DrawingMemory): Promise<Planes> {
  const factor = Math.min(wanted.width / box.w, wanted.height / box.h);
  if (factor <= 1) return planesOf(resized(file, box, wanted), wanted, memory);
  const rgb = page(file, box).toColourspace('srgb').raw().toBuffer();
  return planesOf(rgb, { width: box.w, height: box.h }, memory, factor < fullColourFrom ? 2 : 1);
}

function enlarged(art: Planes, size: Size, memory: DrawingMemory): Planes {
  if (art.width === size.width && art.height === size.height) return art;
  const out = allocatePicture(size.width, size.height, memory.allocateForShot);
  enlarge(art, out, memory);
  return out;
}

const resized = (file: string, box: Box, { width, height }: Size): Promise<Buffer> =>
  page(file, box)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();

function readSmall(file: string, box: Box, memory: DrawingMemory): Promise<Planes> {
  const size = { width: widthBehind, height: evenAbove((widthBehind * box.h) / box.w) };
  return planesOf(resized(file, box, size), size, memory);
}

/** Frees the memory of the RGB immediately; the collector would keep megabytes of it for a long time. */
async function planesOf(
  rgb: Promise<Buffer>,
  size: Size,
  memory: DrawingMemory,
  chromaStep?: ChromaStep,
): Promise<Planes> {
  const bytes = await rgb;
  const planes = planesFromRgb(bytes, size, memory.allocateForShot, chromaStep);
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) buffer.transfer(0);
  return planes;
}

const sameBox = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
const evenAbove = (size: number) => Math.max(2, Math.ceil(size / 2) * 2);
