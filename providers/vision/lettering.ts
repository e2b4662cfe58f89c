import type { Box } from '../../domain/page.ts';
import { label } from './components.ts';
import { emptyMask, type Mask, type Raster } from './raster.ts';
import type { TextBlock } from './text-blocks.ts';

/** Height of small letters that tesseract reads best, in pixels; measured on lettering of 15 to 40 pixels. */
export const LETTER_HEIGHT = 24;
const MARGIN = 12;

/**
 * Draws a block's lines, and nothing else of the page, as black on white at the size that the recogniser likes:
 * outlines, tails and art around the letters are what false words are made of.
 * @param page grey, at the best resolution there is
 * @param scale pixels of this page per pixel of the raster that the block was found in
 */
export function isolate(
  page: Raster,
  block: TextBlock,
  scale: number,
  letterHeight: number = LETTER_HEIGHT,
): Raster {
  const letter = middle(block.lines.map((l) => l.letterHeight));
  const zoom = Math.min(4, Math.max(0.4, letterHeight / (letter * scale)));
  const toPicture = scale * zoom;
  const pad = Math.ceil(letter * 0.8);
  const left = block.x - pad;
  const top = block.y - pad;
  const width = Math.ceil((block.w + 2 * pad) * toPicture) + 2 * MARGIN;
  const height = Math.ceil((block.h + 2 * pad) * toPicture) + 2 * MARGIN;
  const data = new Uint8Array(width * height).fill(255);
  const seen = emptyMask(width, height);
  for (const line of block.lines) {
    // Room for two stacked diacritics above, for a hook below, and for the punctuation at both ends.
    const fromX = Math.max(0, Math.round((line.x - letter * 0.6 - left) * toPicture) + MARGIN);
    const toX = Math.min(width, Math.round((line.x + line.w + letter * 0.6 - left) * toPicture) + MARGIN);
    const fromY = Math.max(0, Math.round((line.y - letter * 0.4 - top) * toPicture) + MARGIN);
    const toY = Math.min(height, Math.round((line.y + line.h + letter * 0.35 - top) * toPicture) + MARGIN);
    const gain = 255 / (line.ground - line.ink);
    for (let y = fromY; y < toY; y++) {
      seen.data.fill(1, y * width + fromX, y * width + toX);
      const sourceY = ((y - MARGIN) / toPicture + top) * scale;
      for (let x = fromX; x < toX; x++) {
        const value = sample(page, ((x - MARGIN) / toPicture + left) * scale, sourceY);
        const shade = Math.min(255, Math.max(0, (value - line.ink) * gain));
        // Where two lines' boxes overlap the darker drawing stays, so that no descender is wiped out.
        const at = y * width + x;
        if (shade < (data[at] as number)) data[at] = shade;
      }
    }
  }
  const picture: Raster = { width, height, channels: 1, data };
  eraseStrangers(picture, seen, letter * toPicture);
  return picture;
}

/**
 * Wipes out what reaches in from outside: rims and tails of bubbles, art. Letters end inside; only long ones like a
 * g touch the lower edge, and are no larger than letters.
 * @param seen where lines were drawn
 */
function eraseStrangers(picture: Raster, seen: Mask, letter: number): void {
  const { width, height, data } = picture;
  const dark = emptyMask(width, height);
  for (let i = 0; i < data.length; i++) dark.data[i] = (data[i] as number) < 128 ? 1 : 0;
  const { labels, components } = label(dark);
  const cut = new Uint32Array(components.length + 1);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const own = labels[at] as number;
      if (!own) continue;
      if (!seen.data[at - 1] || !seen.data[at + 1] || !seen.data[at - width] || !seen.data[at + width])
        cut[own] = (cut[own] as number) + 1;
    }
  }
  const stranger = components.map(
    (c) => (cut[c.label] as number) > 0 && (c.h > 1.7 * letter || c.w > 2.2 * letter || touchesSide(c, seen)),
  );
  for (let at = 0; at < data.length; at++) {
    const own = labels[at] as number;
    if (own && stranger[own - 1]) {
      // With its blurred rim.
      for (const next of [at, at - 1, at + 1, at - width, at + width]) {
        const other = labels[next];
        if (other === 0 || other === own) data[next] = 255;
      }
    }
  }
}

/** Whether a piece stands at the left or right end of what was drawn of its row. */
function touchesSide({ x, y, w, h }: Box, { width, data }: Mask): boolean {
  const middle = (y + (h >> 1)) * width;
  return !data[middle + Math.max(0, x - 1)] || !data[middle + Math.min(width - 1, x + w)];
}

/** Bilinear. */
function sample({ width, height, data }: Raster, x: number, y: number): number {
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const fx = Math.min(1, Math.max(0, x - x0));
  const fy = Math.min(1, Math.max(0, y - y0));
  const above = (data[y0 * width + x0] as number) * (1 - fx) + (data[y0 * width + x1] as number) * fx;
  const below = (data[y1 * width + x0] as number) * (1 - fx) + (data[y1 * width + x1] as number) * fx;
  return above * (1 - fy) + below * fy;
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
