/** Kinds of image that pages come in. The name is sharp's own, so that the two can be compared. */
type PageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif';

/**
 * What the first bytes of a file say it is: a format that is taken, or the name of what is refused. `isPicture` is set
 * where it is still a picture, so that a page in it is not skipped.
 */
export type Sniffed = { format: PageFormat } | { refused: string; isPicture?: true };

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** ISO-BMFF brands, major and compatible: AVIF says so itself; HEIC shares its container with it. */
function sniffBoxes(bytes: Uint8Array): Sniffed {
  const size = Math.min(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0), 256);
  const brands: string[] = latin(bytes, 8, size).match(/.{4}/gs) ?? [];
  if (brands.includes('avif') || brands.includes('avis')) return { format: 'heif' };
  if (brands.some((brand) => /^(hei[cxms]|hev[cx]|mif1|msf1)$/.test(brand)))
    return { refused: 'HEIC', isPicture: true };
  return { refused: `a ${brands[0]?.trim() || 'nameless'} media file` };
}

/** A text can begin with BM; a bitmap has four empty bytes and the size of its header behind (BITMAPINFOHEADER). */
const isBitmap = (bytes: Uint8Array) =>
  bytes.length > 18 &&
  bytes.subarray(6, 10).every((byte) => byte === 0) &&
  [12, 40, 52, 56, 108, 124].includes(bytes[14] ?? 0);

/**
 * Tells an image by its content. Formats are allowed by name: an SVG could name files and addresses to be read, and
 * whatever else the decoder knows has no place among pages.
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
  return { refused: 'of no kind that is known' };
}

/** Whether a file is a picture by its first bytes, also one in a format that is refused. SVG is text, and not meant. */
export function isPicture(head: Uint8Array): boolean {
  const sniffed = sniffImage(head);
  return 'format' in sniffed || sniffed.isPicture === true;
}
