import type { Box } from '../page/page.ts';

/** A box of lettering and its text. */
export interface Lettered extends Box {
  text: string;
}

/** Area of a letter with its spaces, in squares of the height of a line with its gap. */
const letterArea = 0.5;

/** Returns the height of a line of lettering, with the gap to the next, in pixels: the median of some texts; 0 without any. */
export function lineHeight(lettered: readonly Lettered[]): number {
  const heights = lettered
    .filter(({ text }) => text !== '')
    .map(({ w, h, text }) => Math.sqrt((w * h) / (letterArea * text.length)))
    .sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

/** Returns boxes of lettering with a margin around them. */
export const grown = (boxes: readonly Box[], margin: number): Box[] =>
  boxes.map(({ x, y, w, h }) => ({
    ...{ x: x - margin, y: y - margin },
    ...{ w: w + 2 * margin, h: h + 2 * margin },
  }));
