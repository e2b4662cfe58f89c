import { ChapterUnreadable } from '../../domain/errors.ts';
import { loadSharp } from '../media/load-sharp.ts';
import type { Raster } from './raster.ts';
import { isStrip } from './strip.ts';

/** One page as three rasters, each at the resolution that its use needs. */
export interface DecodedPage {
  width: number;
  height: number;
  /** RGB for finding panels: 1000 pixels on the longer side; strips 400 wide. */
  layout: Raster;
  /** Grey for finding lettering: at most 1100 wide. */
  lettering: Raster;
  /** Grey for reading it, as large as the page, within `MOST_PIXELS`. */
  print: Raster;
}

const LAYOUT_SIDE = 1000;
const STRIP_WIDTH = 400;
const LETTERING_WIDTH = 1100;
/** Bounds memory: a strip of 800 × 30,000 pixels is kept as it is, a scan of 10,000 × 14,000 is not. */
const MOST_PIXELS = 26_000_000;

/**
 * Decodes a page.
 * @throws ChapterUnreadable naming the page and what is wrong with it
 */
export async function decodePage(number: number, image: Uint8Array): Promise<DecodedPage> {
  try {
    const sharp = await loadSharp();
    const { width, height } = await sharp(image).metadata();
    if (!width || !height) throw new Error('it has no size');
    const whole = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
    const print = await raster(image, width * whole, height * whole, 1);
    const lettersAt = Math.min(1, LETTERING_WIDTH / print.width);
    const layoutAt = isStrip({ width, height })
      ? Math.min(1, STRIP_WIDTH / width)
      : Math.min(1, LAYOUT_SIDE / Math.max(width, height));
    return {
      width,
      height,
      layout: await raster(image, width * layoutAt, height * layoutAt, 3),
      lettering: lettersAt < 1 ? await shrink(print, lettersAt) : print,
      print,
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChapterUnreadable(`Page ${number} can't be decoded: ${reason}`, { cause });
  }
}

async function raster(image: Uint8Array, width: number, height: number, channels: 1 | 3): Promise<Raster> {
  const sharp = await loadSharp();
  const sized = sharp(image).resize(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)), {
    fit: 'fill',
  });
  // Transparent pages are read as if printed on paper.
  const flat = sized.flatten({ background: '#fff' }).toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await flat.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels, data };
}

async function shrink({ width, height, data }: Raster, by: number): Promise<Raster> {
  const sharp = await loadSharp();
  const { data: small, info } = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize(Math.round(width * by), Math.round(height * by), { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 1, data: small };
}
