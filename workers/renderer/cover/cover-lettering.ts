import { letterSize } from '../lettering/latin-letters.ts';
import { type Lettering, letteringOf } from '../lettering/lettering.ts';
import { inLines, shortened } from '../lettering/lines.ts';
import type { Size } from '../shots/shot.ts';
import type { HeadlinePlace } from './headline-place.ts';

const mostLines = 2;
/** Height of a line, relative to the picture: at 320 × 180 the smaller one is still 14 pixels. */
const sizes = [0.15, 0.125, 0.105, 0.08];
const margin = 0.045;
/** Letters of this font reach 0.95 of their size above the baseline, with two marks on top, and 0.28 below. */
const [above, below] = [0.95, 0.28];
const leading = 1.12;
/** Height of the shade's end that only darkens the picture, relative to the picture. */
const fading = 0.05;

/** Words to be drawn over a picture, along its lower or upper edge. */
export interface Headline {
  /** Height of the words with their margin, in pixels. */
  height: number;
  /** Returns them as SVG of the picture's size: white on their own shade. */
  drawnAt(edge: HeadlinePlace['edge']): string;
}

function layOut(
  text: string,
  letters: Lettering,
  { width, height }: Size,
): { lines: string[]; size: number } {
  const room = width * (1 - 2 * margin);
  for (const part of sizes) {
    const size = part * height;
    const lines = inLines(text, room / size, mostLines, letters);
    if (lines) return { lines: balanced(text, lines, letters), size };
  }
  const size = (sizes.at(-1) ?? 0) * height;
  return { lines: shortened(text, room / size, mostLines, letters), size };
}

/** Returns the same text in as many lines whose longest one is as short as possible, so that no word is left alone. */
function balanced(text: string, lines: string[], letters: Lettering): string[] {
  const longest = Math.max(...lines.map(letters.widthOf));
  const narrower = inLines(text, longest - 0.01, lines.length, letters);
  return narrower ? balanced(text, narrower, letters) : lines;
}

/** Lays out a headline for a picture; undefined without letters that can be drawn. */
export async function headlineOf(text: string, picture: Size): Promise<Headline | undefined> {
  const letters = await letteringOf([text]);
  const words = letters.drawable(text);
  if (words === '') return undefined;
  const { lines, size } = layOut(words, letters, picture);
  if (lines.length === 0) return undefined;
  const { width, height } = picture;
  const drawnHeight = (above + below + (lines.length - 1) * leading) * size + 2 * margin * height;
  return {
    height: Math.min(height, drawnHeight),
    drawnAt: (edge) => {
      const first =
        edge === 'top'
          ? margin * height + above * size
          : height - drawnHeight + margin * height + above * size;
      const drawn = lines.map((line, index) =>
        letters.paths(line, margin * width, first + index * leading * size, size),
      );
      const shade = Math.min(height, drawnHeight + fading * height);
      const [from, to] = edge === 'top' ? [1, 0] : [0, 1];
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="shade" x1="0" y1="${from}" x2="0" y2="${to}">
<stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="0.5" stop-color="#000" stop-opacity="0.6"/><stop offset="1" stop-color="#000" stop-opacity="0.85"/>
</linearGradient></defs>
<rect y="${edge === 'top' ? 0 : height - shade}" width="${width}" height="${shade}" fill="url(#shade)"/>
<g fill="#fff" stroke="#111" stroke-width="${(0.1 * letterSize).toFixed(1)}" stroke-linejoin="round" paint-order="stroke">${drawn.join('')}</g>
</svg>`;
    },
  };
}
