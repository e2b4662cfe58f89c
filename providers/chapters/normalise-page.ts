import sharp from 'sharp';
import { ChapterUnreadable } from '../../domain/errors.ts';

/** A page as it is stored: JPEG, upright, sRGB, no alpha. Sizes in pixels. */
export interface NormalisedPage {
  jpeg: Uint8Array;
  width: number;
  height: number;
}

/** Webtoon strips are 20,000 px tall; JPEG itself ends at 65,535. */
const maxSide = 30_000;
const maxPixels = 200_000_000;
/** A decompression bomb hides in few bytes; a real page has its weight below this. */
const maxBytes = 64 * 1024 * 1024;

/** Brings an image of any kind to the one form that all later steps read. Throws ChapterUnreadable naming `name`. */
export async function normalisePage(image: Uint8Array, name: string): Promise<NormalisedPage> {
  if (image.byteLength > maxBytes) throw new ChapterUnreadable(`${name} is larger than 64 MiB`);
  try {
    const source = sharp(image, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 });
    const { width, height } = await source.metadata();
    if (Math.max(width, height) > maxSide) {
      throw new ChapterUnreadable(`${name} is ${width}×${height} pixels, a side may have ${maxSide} at most`);
    }
    const { data, info } = await source
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
      .timeout({ seconds: 60 })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height };
  } catch (cause) {
    if (cause instanceof ChapterUnreadable) throw cause;
    throw new ChapterUnreadable(`${name} is no readable image: ${(cause as Error).message.split('\n')[0]}`, {
      cause,
    });
  }
}
