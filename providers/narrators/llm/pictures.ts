import type { Region } from 'sharp';
import type { PageAnalysis, Panel } from '../../../domain/page.ts';
import { loadSharp } from '../../media/load-sharp.ts';

/** Limits of the pictures for a model; vision models scale larger ones down and bill them in full. */
const limit = {
  /** Longer side of one panel, in pixels. */
  side: 768,
  /** Total of all panels of a page. */
  pixels: 3_000_000,
  /** One picture, in bytes, as JPEG. */
  bytes: 350_000,
};

export interface PanelPicture {
  /** The panel, and its part if it is shown in parts. */
  label: string;
  jpeg: Uint8Array;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

/**
 * A panel this many times as long as wide, as in strips, would become unreadably small, so it is shown in parts. A wider one
 * is shown whole, because a cut would go through a figure.
 */
const long = 2.5;
const mostParts = 4;
/** Share of a part that also belongs to the part before it, so that anything on the cut is seen whole once. */
const overlap = 0.15;

/**
 * Returns the parts of a panel in reading order, each about one and a half times as long as wide, or the other way
 * round.
 */
function partsOf({ id, x, y, w, h }: Panel): { label: string; cut: Region }[] {
  const ratio = Math.max(w, h) / Math.min(w, h);
  const count = ratio <= long ? 1 : Math.min(mostParts, Math.ceil(ratio / 1.5));
  return Array.from({ length: count }, (_, i) => {
    const label = count === 1 ? id : `${id} (${i + 1}/${count})`;
    const from = i / count;
    const length = Math.min(1 - from, (1 + overlap) / count);
    const cut =
      h > w
        ? { left: x, top: Math.round(y + h * from), width: w, height: Math.round(h * length) }
        : { left: Math.round(x + w * from), top: y, width: Math.round(w * length), height: h };
    return { label, cut };
  });
}

/** Clips a cut to the page, to absorb rounding. */
function inside(page: Size, { left, top, width, height }: Region): Region {
  const [x, y] = [Math.min(left, page.width - 1), Math.min(top, page.height - 1)];
  return {
    left: x,
    top: y,
    width: Math.max(1, Math.min(width, page.width - x)),
    height: Math.max(1, Math.min(height, page.height - y)),
  };
}

/** Returns the size at which a cut is shown, in whole pixels. */
function shownAs({ width, height }: Size, shrink: number): Size {
  const scale = Math.min(1, limit.side / Math.max(width, height)) * shrink;
  const scaled = (side: number) => Math.max(16, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/**
 * Cuts the panels out of a page, each bounded in pixels and bytes. They need no numbers drawn into them, since the request
 * names each one just before it.
 */
export async function panelPictures(
  image: Uint8Array,
  page: PageAnalysis,
  panels: readonly Panel[],
): Promise<PanelPicture[]> {
  const parts = panels.flatMap(partsOf).map(({ label, cut }) => ({ label, cut: inside(page, cut) }));
  const pixels = parts
    .map(({ cut }) => shownAs(cut, 1))
    .reduce((sum, { width, height }) => sum + width * height, 0);
  const shrink = Math.min(1, Math.sqrt(limit.pixels / pixels));
  const pictures: PanelPicture[] = [];
  for (const { label, cut } of parts) {
    const size = shownAs(cut, shrink);
    pictures.push({ label, ...size, jpeg: await encode(image, cut, size) });
  }
  return pictures;
}

async function encode(image: Uint8Array, cut: Region, size: Size): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const at = (quality: number) =>
    sharp(image)
      .extract(cut)
      .resize({ ...size, fit: 'fill' })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer();
  const good = await at(80);
  return good.byteLength <= limit.bytes ? good : at(40);
}

/** Estimates the tokens of a picture: vision models count some 750 pixels as one. */
export const pictureTokens = ({ width, height }: PanelPicture) => Math.ceil((width * height) / 750);
