import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { normalisePage } from '../../../providers/chapters/normalise-page.ts';
import { loadSharp } from '../../../providers/media/load-sharp.ts';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

/** Corrects the checksums, so that the decoder behind them gets the errors. */
function withPngChecksums(bytes: Buffer): Buffer {
  const corrected = Buffer.from(bytes);
  for (let at = 8; at + 12 <= corrected.length; ) {
    const length = corrected.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > corrected.length) break;
    corrected.writeUInt32BE(crc32(corrected.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return corrected;
}

async function originals(): Promise<Buffer[]> {
  const sharp = await loadSharp();
  const picture = () => sharp({ create: { width: 40, height: 56, channels: 3, background: '#c86432' } });
  return Promise.all([
    picture().jpeg().toBuffer(),
    picture().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
    picture().toColourspace('cmyk').jpeg().toBuffer(),
    picture().ensureAlpha(0.5).png().toBuffer(),
    picture().png({ palette: true }).toBuffer(),
    picture().webp().toBuffer(),
    picture().webp({ lossless: true }).toBuffer(),
    picture().gif().toBuffer(),
    picture().tiff({ compression: 'lzw' }).toBuffer(),
    picture().avif({ effort: 0 }).toBuffer(),
  ]);
}

/** Pages of every supported format, mutated; decoded and re-encoded as the fetcher does. */
export async function image(): Promise<Target> {
  const words = ['\xff\xd8\xff', '\xff\xc0', 'IHDR', 'IDAT', 'VP8X', 'ftypavif', '<svg ', 'Exif\0\0'];
  const tokens = words.map((one) => Buffer.from(one, 'latin1'));
  return target(
    fc
      .tuple(mutated(await originals(), tokens), fc.boolean())
      .map(([bytes, corrects]) => (corrects && bytes[1] === 0x50 ? withPngChecksums(bytes) : bytes)),
    async (bytes) => {
      await refusedBy(['ChapterUnreadable'], async () => {
        const { width, height, jpeg } = await normalisePage(bytes, 'page');
        if (!(width > 0 && height > 0 && jpeg.length > 0)) throw new Error('a page without a picture');
      });
    },
  );
}
