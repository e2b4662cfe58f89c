import type { Sharp } from 'sharp';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { loadSharp } from '../media/load-sharp.ts';
import { sniffImage } from './image-format.ts';

/** Size in pixels. */
export interface PageSize {
  width: number;
  height: number;
}

/** A page as it is stored: JPEG, upright, sRGB, 8 bits, without alpha and metadata. */
export interface NormalisedPage extends PageSize {
  jpeg: Uint8Array;
}

/** Webtoon strips are up to 20,000 px high; JPEG itself ends at 65,535. */
const maxSide = 30_000;
/** A double page of A4 at 600 dpi has 70 million. The decoder can need 8 bytes for each, and a function has 2 GB. */
const maxPixels = 100_000_000;
/** Above this, no Huffman tables are fitted to the picture: for that libjpeg holds all its coefficients, 12 bytes a pixel. */
const fittedPixels = 25_000_000;
/** A decompression bomb is small; real pages are smaller than this. */
const maxBytes = 64 * 1024 * 1024;
const takenFormats = 'JPEG, PNG, WebP, AVIF, GIF or TIFF';

/** Converts an image of any format to the one form that all later steps read. Throws ChapterUnreadable with `name`. */
export const normalisePage = (image: Uint8Array, name: string): Promise<NormalisedPage> =>
  withPicture(image, name, storedForm);

/** Encodes a picture in the stored format of pages. */
export async function storedForm(picture: Sharp): Promise<NormalisedPage> {
  const { width, height } = await picture.metadata();
  const optimiseCoding = width * height <= fittedPixels;
  const { data, info } = await picture
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimiseCoding })
    .timeout({ seconds: 60 })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/** Passes on the checked picture of a file, upright, sRGB and without alpha. Throws ChapterUnreadable with `name`. */
export async function withPicture<T>(
  image: Uint8Array,
  name: string,
  use: (picture: Sharp) => Promise<T>,
): Promise<T> {
  if (image.byteLength === 0) throw new ChapterUnreadable(`${name} is not a readable image: it is empty`);
  if (image.byteLength > maxBytes) throw new ChapterUnreadable(`${name} is larger than 64 MiB`);
  const sniffed = sniffImage(image);
  if ('refused' in sniffed) {
    throw new ChapterUnreadable(
      `${name} is not a readable image: it is ${sniffed.refused}; pages are ${takenFormats}`,
    );
  }
  try {
    const sharp = await loadSharp();
    const source = sharp(image, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 });
    const { width, height, format } = await source.metadata();
    if (format !== sniffed.format) {
      throw new ChapterUnreadable(
        `${name} is not a readable image: it begins as ${sniffed.format} but is ${format}`,
      );
    }
    if (Math.max(width, height) > maxSide) {
      throw new ChapterUnreadable(`${name} is ${width}×${height} pixels; a side can have at most ${maxSide}`);
    }
    return await use(source.autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb'));
  } catch (cause) {
    if (cause instanceof ChapterUnreadable) throw cause;
    throw new ChapterUnreadable(
      `${name} is not a readable image: ${(cause as Error).message.split('\n')[0]}`,
      {
        cause,
      },
    );
  }
}

/** Reads the size of a stored page from its header. */
export async function pageSizeOf(jpeg: Uint8Array): Promise<PageSize> {
  const sharp = await loadSharp();
  const { width, height } = await sharp(jpeg).metadata();
  return { width, height };
}
