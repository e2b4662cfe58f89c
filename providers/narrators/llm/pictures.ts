import sharp, { type Region } from 'sharp';
import type { PageAnalysis, Panel } from '../../../domain/page.ts';

/** What models are shown of a page; vision models scale larger pictures down and bill them all the same. */
const LIMIT = {
  /** Longer side of one panel, in pixels. */
  side: 768,
  /** All panels of a page together. */
  pixels: 3_000_000,
  /** One picture, in bytes, as JPEG. */
  bytes: 350_000,
};

export interface PanelPicture {
  id: string;
  jpeg: Uint8Array;
  width: number;
  height: number;
}

/** How large a panel is shown, in whole pixels. */
function sizeOf({ w, h }: Panel, shrink: number): { width: number; height: number } {
  const scale = Math.min(1, LIMIT.side / Math.max(w, h)) * shrink;
  return { width: Math.max(16, Math.round(w * scale)), height: Math.max(16, Math.round(h * scale)) };
}

/**
 * Cuts the panels out of a page, each bounded in pixels and bytes. A cut needs no numbers drawn into it: the request
 * names each one just before it.
 */
export async function panelPictures(
  image: Uint8Array,
  { width: pageWidth, height: pageHeight }: PageAnalysis,
  panels: readonly Panel[],
): Promise<PanelPicture[]> {
  const pixels = panels
    .map((panel) => sizeOf(panel, 1))
    .reduce((sum, { width, height }) => sum + width * height, 0);
  const shrink = Math.min(1, Math.sqrt(LIMIT.pixels / pixels));
  const pictures: PanelPicture[] = [];
  for (const panel of panels) {
    const left = Math.min(panel.x, pageWidth - 1);
    const top = Math.min(panel.y, pageHeight - 1);
    const cut = {
      left,
      top,
      width: Math.min(panel.w, pageWidth - left),
      height: Math.min(panel.h, pageHeight - top),
    };
    const size = sizeOf(panel, shrink);
    pictures.push({ id: panel.id, ...size, jpeg: await encode(image, cut, size) });
  }
  return pictures;
}

async function encode(
  image: Uint8Array,
  cut: Region,
  size: { width: number; height: number },
): Promise<Uint8Array> {
  const at = (quality: number) =>
    sharp(image)
      .extract(cut)
      .resize({ ...size, fit: 'fill' })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg({ quality })
      .toBuffer();
  const good = await at(80);
  return good.byteLength <= LIMIT.bytes ? good : at(40);
}

/** Tokens that a picture costs, about: vision models count some 750 pixels as one. */
export const pictureTokens = ({ width, height }: PanelPicture) => Math.ceil((width * height) / 750);
