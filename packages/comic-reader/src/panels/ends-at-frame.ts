import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { difference, type GutterColour } from './gutter.ts';

/** Distances from a panel's side at which its frame has ended, in pixels. */
const beyondFrame = [4, 5, 6];
/** Largest distance of a part from the side of its panel, in pixels. */
const near = 6;
/** Largest distance of the end of a slanted line from the corner of the part beside it, in pixels. */
const lean = 6;

/**
 * Returns whether the lines that divide a panel end at its frame: behind their ends is the gutter around the panel. The outline of a
 * person who stands in front of the panel and of others runs on there.
 * @param parts of the panel, in the page's pixels
 * @param around colour of the gutters around the panel
 */
export function linesEndAtFrame(
  page: Raster,
  panel: Box,
  parts: readonly Box[],
  around: GutterColour,
): boolean {
  const isGutter = (x: number, y: number) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    if (column < 0 || row < 0 || column >= page.width || row >= page.height) return true;
    const at = 3 * (row * page.width + column);
    const [r, g, b] = page.data.subarray(at, at + 3) as unknown as [number, number, number];
    return difference([r, g, b], around.colour) <= around.tolerance;
  };
  const [right, bottom] = [panel.x + panel.w, panel.y + panel.h];
  const isClear = (x: number, y: number, across: 'x' | 'y') =>
    Array.from({ length: 2 * lean + 1 }, (_, i) => i - lean).every((by) =>
      across === 'x' ? isGutter(x + by, y) : isGutter(x, y + by),
    );
  const isWithin = (at: number, from: number, to: number) => at > from + near && at < to - near;
  return parts.every(({ x, y, w, h }) => {
    const columns = [x, x + w].filter((column) => isWithin(column, panel.x, right));
    const rows = [y, y + h].filter((row) => isWithin(row, panel.y, bottom));
    return beyondFrame.some(
      (away) =>
        (y > panel.y + near || columns.every((column) => isClear(column, panel.y - away, 'x'))) &&
        (y + h < bottom - near || columns.every((column) => isClear(column, bottom + away, 'x'))) &&
        (x > panel.x + near || rows.every((row) => isClear(panel.x - away, row, 'y'))) &&
        (x + w < right - near || rows.every((row) => isClear(right + away, row, 'y'))),
    );
  });
}
