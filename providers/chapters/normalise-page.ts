import type { Sharp } from 'sharp';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { loadSharp } from '../media/load-sharp.ts';
import { sniffImage } from './image-format.ts';

/** In pixels. */
export interface PageSize {
  width: number;
  height: number;
}

/** A page as it is stored: JPEG, upright, sRGB, 8 bits, no alpha, nothing but the picture. */
export interface NormalisedPage extends PageSize {
  jpeg: Uint8Array;
}

/** Webtoon strips are 20,000 px tall; JPEG itself ends at 65,535. */
const maxSide = 30_000;
const maxPixels = 200_000_000;
/** A decompression bomb hides in few bytes; a real page has its weight below this. */
const maxBytes = 64 * 1024 * 1024;
const takenFormats = 'JPEG, PNG, WebP, AVIF, GIF or TIFF';

/** Brings an image of any kind to the one form that all later steps read. Throws ChapterUnreadable naming `name`. */
export const normalisePage = (image: Uint8Array, name: string): Promise<NormalisedPage> =>
  withPicture(image, name, storedForm);

/** Encodes a picture as pages are stored. */
export async function storedForm(picture: Sharp): Promise<NormalisedPage> {
  const { data, info } = await picture
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .timeout({ seconds: 60 })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/** Gives the checked picture of a file, upright, sRGB and without alpha. Throws ChapterUnreadable naming `name`. */
export async function withPicture<T>(
  image: Uint8Array,
  name: string,
  use: (picture: Sharp) => Promise<T>,
): Promise<T> {
  if (image.byteLength === 0) throw new ChapterUnreadable(`${name} is no readable image: it is empty`);
  if (image.byteLength > maxBytes) throw new ChapterUnreadable(`${name} is larger than 64 MiB`);
  const sniffed = sniffImage(image);
  if ('refused' in sniffed) {
    throw new ChapterUnreadable(
      `${name} is no readable image: it is ${sniffed.refused}; pages are ${takenFormats}`,
    );
  }
  try {
    const sharp = await loadSharp();
    const source = sharp(image, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 });
    const { width, height, format } = await source.metadata();
    if (format !== sniffed.format) {
      throw new ChapterUnreadable(
        `${name} is no readable image: it begins as ${sniffed.format} and is ${format}`,
      );
    }
    if (Math.max(width, height) > maxSide) {
      throw new ChapterUnreadable(`${name} is ${width}×${height} pixels, a side may have ${maxSide} at most`);
    }
    return await use(source.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb'));
  } catch (cause) {
    if (cause instanceof ChapterUnreadable) throw cause;
    throw new ChapterUnreadable(`${name} is no readable image: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
}

/** The size of a stored page, from its header alone. */
export async function pageSizeOf(jpeg: Uint8Array): Promise<PageSize> {
  const sharp = await loadSharp();
  const { width, height } = await sharp(jpeg).metadata();
  return { width, height };
}
