import { type Picture, pictureSide } from '../../domain/likeness/picture.ts';
import type { Box } from '../../domain/page.ts';
import { loadSharp } from './load-sharp.ts';

/** Returns a panel of a page, given as its bytes or its file, as it is stored for comparisons. */
export async function panelPicture(page: Uint8Array | string, { x, y, w, h }: Box): Promise<Picture> {
  const sharp = await loadSharp();
  const pixels = await sharp(page)
    .extract({ left: x, top: y, width: w, height: h })
    .flatten({ background: '#fff' })
    .greyscale()
    .resize(pictureSide, pictureSide, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return pixels.toString('base64');
}
