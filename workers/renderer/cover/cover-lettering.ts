import { letterSize } from '../lettering/latin-letters.ts';
import { type Lettering, letteringOf } from '../lettering/lettering.ts';
import { inLines, shortened } from '../lettering/lines.ts';
import type { Size } from '../shots/shot.ts';

const mostLines = 2;
/** Height of a line, relative to the picture: at 320 × 180 the smaller one is still 14 pixels. */
const sizes = [0.15, 0.125, 0.105, 0.08];
const margin = 0.045;
/** Letters of this font reach 0.95 of their size above the baseline, with two marks on top, and 0.28 below. */
const leading = 1.12;

function layOut(
  text: string,
  letters: Lettering,
  { width, height }: Size,
): { lines: string[]; size: number } {
  const room = width * (1 - 2 * margin);
  for (const part of sizes) {
    const size = part * height;
    const lines = inLines(text, room / size, mostLines, letters);
    if (lines) return { lines, size };
  }
  const size = (sizes.at(-1) ?? 0) * height;
  return { lines: shortened(text, room / size, mostLines, letters), size };
}

/** Returns text across the lower part of a picture, white on its own shade, as SVG; undefined without text. */
export async function coverLettering(text: string, picture: Size): Promise<string | undefined> {
  const letters = await letteringOf([text]);
  const words = letters.drawable(text);
  const { lines, size } = layOut(words, letters, picture);
  if (words === '' || lines.length === 0) return undefined;
  const { width, height } = picture;
  const drawn = lines.map((line, index) => {
    const baseline = height - margin * height - 0.28 * size - (lines.length - 1 - index) * leading * size;
    return letters.paths(line, margin * width, baseline, size);
  });
  const shade = Math.min(height, lines.length * leading * size + 0.16 * height);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="shade" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="0.5" stop-color="#000" stop-opacity="0.6"/><stop offset="1" stop-color="#000" stop-opacity="0.85"/>
</linearGradient></defs>
<rect y="${height - shade}" width="${width}" height="${shade}" fill="url(#shade)"/>
<g fill="#fff" stroke="#111" stroke-width="${(0.1 * letterSize).toFixed(1)}" stroke-linejoin="round" paint-order="stroke">${drawn.join('')}</g>
</svg>`;
}
