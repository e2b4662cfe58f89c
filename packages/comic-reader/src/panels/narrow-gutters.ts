import type { Mask, Raster } from '../image/raster.ts';
import type { Foreground } from './foreground.ts';
import type { GutterColour } from './gutter.ts';
import { awayFrom, mixed } from './rims.ts';

/** Largest difference of two colours in a channel. */
const farthest = 255;

/**
 * Finds narrow gutters that a small raster blurs: continues each gutter along pixels that are at least half gutter and have
 * art on both sides, one or two pixels away.
 * @param drawn pixels that are not gutter by their colour alone
 * @param least pixels of narrow gutters that are worth a search
 * @returns the pixels that are not gutter then; null if the page has fewer pixels of narrow gutters
 */
export function withNarrowGutters(
  page: Raster,
  drawn: Foreground,
  gutter: GutterColour,
  least: number,
): Foreground | null {
  const { art, open } = opened(page, drawn.art, gutter);
  if (!hasNarrow(art, least)) return null;
  const ink = drawn.ink.data.slice();
  for (const at of open) ink[at] = 0;
  return { ...drawn, art, ink: { ...art, data: ink } };
}

/** Returns the art without narrow gutters, and their pixels. */
function opened(page: Raster, { width, height, data }: Mask, gutter: GutterColour) {
  const art = data.slice();
  const away = awayFrom(page, gutter);
  const isArtOn = (at: number, step: number, least: number) =>
    away(at + step) >= least || away(at + 2 * step) >= least;
  const isBetween = (at: number, step: number, least: number) =>
    isArtOn(at, step, least) && isArtOn(at, -step, least);
  const open: number[] = [];
  const visit = (at: number) => {
    if (!art[at]) return;
    const own = away(at);
    // A mixture of equal parts is half as far from the gutter's colour as the art beside it.
    const least = Math.max(own + mixed, 2 * own);
    if (least > farthest) return;
    const x = at % width;
    if (x < 2 || x >= width - 2 || at < 2 * width || at >= (height - 2) * width) return;
    if (!isBetween(at, 1, least) && !isBetween(at, width, least)) return;
    art[at] = 0;
    open.push(at);
  };
  for (let at = width; at < art.length - width; at++) {
    if (art[at] && !(art[at - 1] && art[at + 1] && art[at - width] && art[at + width])) visit(at);
  }
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  for (let i = 0; i < open.length; i++) for (const step of around) visit((open[i] as number) + step);
  return { art: { width, height, data: art }, open };
}

/** Returns whether enough pixels of gutter have art on both sides, one or two pixels away. */
function hasNarrow({ width, data }: Mask, least: number): boolean {
  let count = 0;
  for (let at = 2 * width; at < data.length - 2 * width && count < least; at++) {
    if (data[at]) continue;
    const across = data[at - 1] && (data[at + 1] || data[at + 2]);
    if (across || (data[at - width] && (data[at + width] || data[at + 2 * width]))) count++;
  }
  return count >= least;
}
