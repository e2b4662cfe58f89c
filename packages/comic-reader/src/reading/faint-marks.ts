import { label } from '../image/components.ts';
import { emptyMask, type Raster } from '../image/raster.ts';

/** Grey below which a pixel is ink, and below which it can be a faint mark, from black at 0 to paper at 255. */
const inkBelow = 128;
const faintBelow = 185;
/** Grey of the darkest pixel of a mark afterwards. */
const asInk = 60;
/** Largest side of a mark, and the least side of a square of its area, in heights of a letter. Smaller pieces are grain. */
const mark = { most: 0.5, least: 0.1 };

/**
 * Darkens the faint marks of a row's picture: a dot of one or two pixels of the page is blurred to grey, but has the ink of its letter.
 * @param picture black on white; it is changed
 * @param letter height of a letter, in pixels of the picture
 */
export function darkenFaintMarks({ width, height, data }: Raster, letter: number): void {
  const seen = emptyMask(width, height);
  for (let i = 0; i < data.length; i++) seen.data[i] = (data[i] as number) < faintBelow ? 1 : 0;
  const { labels: labelsOf, components } = label(seen);
  const isSmall = components.map(
    ({ w, h, area }) => Math.max(w, h) <= mark.most * letter && area >= (mark.least * letter) ** 2,
  );
  if (!isSmall.includes(true)) return;
  const labels = labelsOf();
  for (const [i, { x, y, w, h }] of components.entries()) {
    if (!isSmall[i]) continue;
    const own: number[] = [];
    for (let row = y; row < y + h; row++)
      for (let at = row * width + x; at < row * width + x + w; at++) if (labels[at] === i + 1) own.push(at);
    const darkest = Math.min(...own.map((at) => data[at] as number));
    if (darkest < inkBelow) continue;
    for (const at of own) data[at] = Math.max(0, (data[at] as number) - darkest + asInk);
  }
}
