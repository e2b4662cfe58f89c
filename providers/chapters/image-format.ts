/** Image formats of pages, under sharp's names, so that the two can be compared. */
type PageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif';

/**
 * Format of a file by its first bytes: an accepted one, or the name of a rejected one. `isPicture` is set if it is a
 * picture nevertheless, so that a page in it is not skipped.
 */
export type Sniffed = { format: PageFormat } | { refused: string; isPicture?: true };

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** Reads ISO-BMFF brands, major and compatible: AVIF has its own; HEIC shares its container. */
function sniffBoxes(bytes: Uint8Array): Sniffed {
  const size = Math.min(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0), 256);
  const brands: string[] = latin(bytes, 8, size).match(/.{4}/gs) ?? [];
  if (brands.includes('avif') || brands.includes('avis')) return { format: 'heif' };
  if (brands.some((brand) => /^(hei[cxms]|hev[cx]|mif1|msf1)$/.test(brand)))
    return { refused: 'HEIC', isPicture: true };
  return { refused: `a ${brands[0]?.trim() || 'nameless'} media file` };
}

/** A text can begin with BM; a bitmap has four empty bytes and the size of its header after that (BITMAPINFOHEADER). */
const isBitmap = (bytes: Uint8Array) =>
  bytes.length > 18 &&
  bytes.subarray(6, 10).every((byte) => byte === 0) &&
  [12, 40, 52, 56, 108, 124].includes(bytes[14] ?? 0);

/**
 * Recognises an image by its content. Formats are allowed by name: an SVG could refer to files and addresses, and the
 * decoder's other formats are not used for pages.
 */
export function sniffImage(bytes: Uint8Array): Sniffed {
  const head = latin(bytes, 0, 16);
  if (head.startsWith('\xff\xd8\xff')) return { format: 'jpeg' };
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png' };
  if (/^RIFF.{4}WEBP/s.test(head)) return { format: 'webp' };
  if (/^GIF8[79]a/.test(head)) return { format: 'gif' };
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return { format: 'tiff' };
  if (head.slice(4, 8) === 'ftyp') return sniffBoxes(bytes);
  if (head.startsWith('\xff\x0a') || head.slice(4, 8) === 'JXL ')
    return { refused: 'JPEG XL', isPicture: true };
  if (head.startsWith('\0\0\0\x0cjP')) return { refused: 'JPEG 2000', isPicture: true };
  if (head.startsWith('%PDF-')) return { refused: 'PDF' };
  if (head.startsWith('\xff\x4f\xff\x51')) return { refused: 'JPEG 2000', isPicture: true };
  if (head.startsWith('II\xbc')) return { refused: 'JPEG XR', isPicture: true };
  if (head.startsWith('qoif')) return { refused: 'QOI', isPicture: true };
  if (head.startsWith('8BPS')) return { refused: 'PSD', isPicture: true };
  if (head.startsWith('BM')) return { refused: 'BMP', ...(isBitmap(bytes) && { isPicture: true }) };
  if (/<svg[\s>]/i.test(latin(bytes, 0, 4096))) return { refused: 'SVG' };
  return { refused: 'of an unknown kind' };
}

/**
 * Returns whether a file is a picture by its first bytes, also in a rejected format. SVG is text and does not count.
 */
export function isPicture(head: Uint8Array): boolean {
  const sniffed = sniffImage(head);
  return 'format' in sniffed || sniffed.isPicture === true;
}
