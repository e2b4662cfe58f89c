import type { Sharp } from 'sharp';
import { grey } from './image/grey.ts';
import { stretched } from './image/levels.ts';
import type { Raster } from './image/raster.ts';
import { PageUnreadable } from './page/page-unreadable.ts';
import { isStrip } from './panels/strip.ts';

/** A page as three rasters, each at the resolution that its use needs. */
export interface DecodedPage {
  width: number;
  height: number;
  /** RGB for finding panels: 1000 pixels on the longer side; strips 400 wide. Faded ink is black in it, and yellowed paper white. */
  layout: Raster;
  /** Grey for finding lettering: at most 1600 wide, so that the smallest notes keep their strokes. */
  lettering: Raster;
  /** Grey for reading the lettering, as large as the page within `mostPixels`. */
  print: Raster;
}

const layoutSide = 1000;
const stripWidth = 400;
const letteringWidth = 1600;
/** Limits memory: a strip of 800 × 30,000 pixels is kept as it is, a scan of 10,000 × 14,000 is reduced. */
const mostPixels = 26_000_000;

/** Loads sharp with the first page: its native library takes longer than the rest of a program's start. */
const loadSharp = async () => (await import('sharp')).default;

/**
 * Decodes a page.
 * @throws PageUnreadable naming the page and what is wrong with it
 */
export async function decodePage(number: number, image: Uint8Array): Promise<DecodedPage> {
  try {
    const sharp = await loadSharp();
    const { width, height } = await sharp(image).metadata();
    if (!width || !height) throw new Error('it has no size');
    const whole = Math.min(1, Math.sqrt(mostPixels / (width * height)));
    // Decoded once, because decoding is most of the work.
    const colour = await scaled(sharp(image), { width: width * whole, height: height * whole });
    const layoutAt = isStrip({ width, height })
      ? Math.min(1, stripWidth / width)
      : Math.min(1, layoutSide / Math.max(width, height));
    const layout = await resized(colour, { width: width * layoutAt, height: height * layoutAt });
    const print = grey(colour);
    const lettersAt = Math.min(1, letteringWidth / print.width);
    const lettering = await resized(print, {
      width: print.width * lettersAt,
      height: print.height * lettersAt,
    });
    return { width, height, layout: stretched(layout), lettering, print };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PageUnreadable(`Page ${number} can't be decoded: ${reason}`, { cause });
  }
}

interface Size {
  width: number;
  height: number;
}

const pixels = ({ width, height }: Size): Size => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

/** Scales an image to RGB. Transparent pages are read as if printed on paper. */
async function scaled(image: Sharp, size: Size): Promise<Raster> {
  const { width, height } = pixels(size);
  const { data, info } = await image
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: bytesOf(data) };
}

/** Resizes a raster; returns it unchanged if it has that size. */
async function resized(raster: Raster, size: Size): Promise<Raster> {
  const { width, height } = pixels(size);
  if (width === raster.width && height === raster.height) return raster;
  const sharp = await loadSharp();
  const { channels } = raster;
  const image = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels } });
  const data = await image
    .resize(width, height, { fit: 'fill' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();
  return { width, height, channels, data: bytesOf(data) };
}

/** Returns the bytes of a buffer as those of all other rasters, because code that meets both types of arrays is slower. */
const bytesOf = ({ buffer, byteOffset, length }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);
