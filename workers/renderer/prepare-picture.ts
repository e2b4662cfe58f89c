import sharp, { type Sharp } from 'sharp';
import { RenderError } from '../../domain/errors.ts';
import type { Box } from '../../domain/page.ts';
import { type Planes, planesFromRgb } from './planes.ts';
import type { PlacedShot, Size } from './shot.ts';

/** What one shot draws from. */
export interface Picture {
  /** The art at the largest size that the shot shows it. */
  art: Planes;
  /** The same art, blurred and dark, in the frame's shape; small, as there is no detail in it. */
  backdrop: Planes;
}

/** The backdrop is blurred at a sixteenth, where a blur costs nothing, and scaled up smoothly by four. */
const blurredPart = 1 / 16;
const blurSigma = 2.5;
const backdropBrightness = 0.42;
const backdropSaturation = 0.85;
/** A soft shadow sets the art off from its backdrop. */
const shadowOpacity = 0.45;

/**
 * Reads a shot's art from its page. Scaled once, to just what the shot needs: the sampler then moves between sizes
 * that differ by a few percent, where bilinear is sharp enough. Throws RenderError naming the page.
 */
export async function preparePicture(pageFile: string, shot: PlacedShot, frame: Size): Promise<Picture> {
  const { x, y, w, h } = shot.art;
  const width = evenAbove(Math.max(shot.from.width, shot.to.width));
  const height = evenAbove(Math.max(shot.from.height, shot.to.height));
  try {
    const art = await cutOut(pageFile, shot.art, { width, height });
    const small = {
      width: evenAbove(frame.width * blurredPart),
      height: evenAbove(frame.height * blurredPart),
    };
    const behind = sameBox(shot.art, shot.behind)
      ? sharp(art, { raw: { width, height, channels: 3 } })
      : page(pageFile, shot.behind);
    return {
      art: planesFromRgb(art, width, height),
      backdrop: await makeBackdrop(behind, shot, frame, small),
    };
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

async function makeBackdrop(behind: Sharp, shot: PlacedShot, frame: Size, small: Size): Promise<Planes> {
  const dark = await behind
    .resize(small.width, small.height, { fit: 'cover', kernel: 'cubic' })
    .toColourspace('srgb')
    .modulate({ brightness: backdropBrightness, saturation: backdropSaturation })
    .composite([{ input: shadow(shot, small, small.width / frame.width), top: 0, left: 0 }])
    .removeAlpha()
    .blur(blurSigma)
    .raw()
    .toBuffer();
  const size = { width: small.width * 4, height: small.height * 4 };
  const rgb = await sharp(dark, { raw: { ...small, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return planesFromRgb(rgb, size.width, size.height);
}

/** Dark where the art lies, and a little beyond; the blur makes it soft. */
function shadow({ from, to }: PlacedShot, { width, height }: Size, scale: number): Buffer {
  const x = Math.min(from.x, to.x) * scale - 1;
  const y = Math.min(from.y, to.y) * scale - 1;
  const w = Math.max(from.width, to.width) * scale + 2;
  const h = Math.max(from.height, to.height) * scale + 2;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill-opacity="${shadowOpacity}"/></svg>`,
  );
}

const sameBox = (a: Box, b: Box) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
const evenAbove = (size: number) => Math.max(2, Math.ceil(size / 2) * 2);
