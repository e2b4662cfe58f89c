import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Thickness of what a scan shows beside a page, as shares of the page's shorter side: less is a frame's line. */
const [thinnest, thickest] = [0.005, 0.035];
/** Brightness below which a pixel is not paper, and least brightness of paper, 0 to 255. */
const notPaper = 150;
const paperFrom = 200;
/** Share of a line that shows one or the other, since edges and folds cross each other. */
const mostOfLine = 0.8;

/**
 * Returns a page in white where a scan shows something dark beside it, such as the lid of the scanner or the edge of the book: a dark strip
 * along a whole side, with paper behind it. Art that bleeds off the page has no paper behind it.
 */
export function withoutScanEdges(page: Raster): Raster {
  const { width, height } = page;
  const side = Math.min(width, height);
  const [least, most] = [Math.max(3, thinnest * side), Math.round(thickest * side)];
  const sides = [
    (at: number, thick: number): Box => ({ x: 0, y: at, w: width, h: thick }),
    (at: number, thick: number): Box => ({ x: 0, y: height - at - thick, w: width, h: thick }),
    (at: number, thick: number): Box => ({ x: at, y: 0, w: thick, h: height }),
    (at: number, thick: number): Box => ({ x: width - at - thick, y: 0, w: thick, h: height }),
  ].map((stripAt) => {
    let at = 0;
    while (at < most && shareOf(page, stripAt(at, 1), (value) => value < notPaper) >= mostOfLine) at++;
    return { stripAt, dark: at };
  });
  const isDark = sides.map(({ dark }) => dark >= least);
  // On opposite sides it is the ground of the page.
  if ((isDark[0] && isDark[1]) || (isDark[2] && isDark[3])) return page;
  const strips = sides.flatMap(({ stripAt, dark }, side) => {
    let at = dark;
    while (at < most && shareOf(page, stripAt(at, 1), (value) => value >= paperFrom) < mostOfLine) at++;
    return isDark[side] && at < most ? [stripAt(0, at)] : [];
  });
  if (strips.length === 0) return page;
  const data = new Uint8Array(page.data);
  for (const { x, y, w, h } of strips)
    for (let row = y; row < y + h; row++) data.fill(255, 3 * (row * width + x), 3 * (row * width + x + w));
  return { ...page, data };
}

/** Returns the share of the pixels of a box whose brightness is as wanted. */
function shareOf({ width, data }: Raster, { x, y, w, h }: Box, isWanted: (value: number) => boolean): number {
  let count = 0;
  for (let row = y; row < y + h; row++)
    for (let column = x; column < x + w; column++) {
      const at = 3 * (row * width + column);
      if (isWanted(((data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number)) / 3)) count++;
    }
  return count / (w * h);
}
