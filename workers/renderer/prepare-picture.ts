import sharp from 'sharp';
import { RenderError } from '../../domain/errors.ts';
import { type Planes, planesFromRgb } from './planes.ts';
import { frameSize, type Shot } from './shot.ts';

/** What one shot draws from. */
export interface Picture {
  /** The art at the largest size that the shot shows it. */
  art: Planes;
  /** The same art, blurred and dark, in the frame's shape; small, as there is no detail in it. */
  backdrop: Planes;
}

/** The backdrop is blurred at this width, where a blur costs nothing, and scaled up smoothly by four. */
const blurWidth = 120;
const blurHeight = Math.round((blurWidth * frameSize.height) / frameSize.width);
const blurSigma = 2.5;
const backdropBrightness = 0.42;
const backdropSaturation = 0.85;
/** A soft shadow sets the art off from its backdrop. */
const shadowOpacity = 0.45;

/**
 * Reads a shot's art from its page. Scaled once, to just what the shot needs: the sampler then moves between sizes
 * that differ by a few percent, where bilinear is sharp enough. Throws RenderError naming the page.
 */
export async function preparePicture(pageFile: string, shot: Shot): Promise<Picture> {
  const { x, y, w, h } = shot.art;
  const width = evenAbove(Math.max(shot.from.width, shot.to.width));
  const height = evenAbove(Math.max(shot.from.height, shot.to.height));
  try {
    const art = await sharp(pageFile)
      .extract({ left: x, top: y, width: w, height: h })
      .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer();
    return { art: planesFromRgb(art, width, height), backdrop: await makeBackdrop(art, width, height, shot) };
  } catch (error) {
    const place = `${w}×${h} at ${x},${y}`;
    throw new RenderError(`Page ${shot.page} can't be drawn (${place}): ${String(error)}`, { cause: error });
  }
}

async function makeBackdrop(art: Buffer, width: number, height: number, shot: Shot): Promise<Planes> {
  const small = await sharp(art, { raw: { width, height, channels: 3 } })
    .resize(blurWidth, blurHeight, { fit: 'cover', kernel: 'cubic' })
    .modulate({ brightness: backdropBrightness, saturation: backdropSaturation })
    .composite([{ input: shadow(shot), top: 0, left: 0 }])
    .removeAlpha()
    .blur(blurSigma)
    .raw()
    .toBuffer();
  const size = { width: blurWidth * 4, height: blurHeight * 4 };
  const rgb = await sharp(small, { raw: { width: blurWidth, height: blurHeight, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return planesFromRgb(rgb, size.width, size.height);
}

/** Dark where the art lies, and a little beyond; the blur makes it soft. */
function shadow({ from, to }: Shot): Buffer {
  const scale = blurWidth / frameSize.width;
  const x = Math.min(from.x, to.x) * scale - 1;
  const y = Math.min(from.y, to.y) * scale - 1;
  const width = Math.max(from.width, to.width) * scale + 2;
  const height = Math.max(from.height, to.height) * scale + 2;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${blurWidth}" height="${blurHeight}">` +
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill-opacity="${shadowOpacity}"/></svg>`,
  );
}

const evenAbove = (size: number) => Math.max(2, Math.ceil(size / 2) * 2);
