import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { type GutterColour, sameColour } from './gutter.ts';
import { type Side, sidesOf } from './rectangles.ts';

/** Largest distance from a panel's side at which its frame has ended, in pixels. A gutter can be narrower than that. */
const beyondFrame = 6;
/** Largest distance of a part from the side of its panel, in pixels. */
const near = 6;
/** Largest distance of the end of a slanted line from the corner of the part beside it, in pixels. */
const lean = 6;

/**
 * Returns whether the lines that divide a panel end at its frame: behind their ends is the gutter around the panel. The outline of a
 * person who stands in front of the panel and of others runs on there.
 * @param parts of the panel, in the page's pixels
 * @param around gutters around the panel
 */
export function linesEndAtFrame(
  page: Raster,
  panel: Box,
  parts: readonly Box[],
  around: GutterColour,
): boolean {
  const { width, height, data } = sameColour(page, around);
  const isGutter = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height || data[y * width + x] === 1;
  /** Returns whether the gutter's colour is behind a place of a side, along all that a slanted line can cross there. */
  const isClear = ({ x, y, along, out }: Side, place: number, away: number) => {
    for (let i = place - lean; i <= place + lean; i++)
      if (!isGutter(x + i * along[0] + away * out[0], y + i * along[1] + away * out[1])) return false;
    return true;
  };
  const corners = parts.flatMap(({ x, y, w, h }) =>
    [x, x + w].flatMap((column) => [y, y + h].map((row) => [column, row] as const)),
  );
  return sidesOf(panel).every((side) => {
    const { x, y, along, out, length } = side;
    const ends = corners.flatMap(([column, row]) => {
      const place = (column - x) * along[0] + (row - y) * along[1];
      const inside = (x - column) * out[0] + (y - row) * out[1];
      return inside <= near && place > near && place < length - near ? [Math.round(place)] : [];
    });
    return ends.every((place) =>
      Array.from({ length: beyondFrame }, (_, i) => i + 1).some((away) => isClear(side, place, away)),
    );
  });
}
