import { iou, type Raster } from '../image/raster.ts';
import { resized } from '../image/resized.ts';
import type { Box } from '../page/page.ts';

/**
 * Sizes at which a page is divided again: clearly smaller and a little larger, so that lines of a picture change their thickness and
 * distance in pixels. The larger one is only tried where the smaller one differs, since it takes longer than the page itself.
 */
const scales = [0.7, 1.15];
/** Overlap from which two boxes are the same panel. */
const same = 0.7;

/**
 * Checks whether a page is divided otherwise at all of the other sizes. Gutters are the same at any size; a line of a picture that was
 * taken for one, or a gutter that was hardly found, is not.
 * @param divide finds the panels of a page
 */
export function differsAtOtherScales(
  page: Raster,
  panels: readonly Box[],
  divide: (page: Raster) => readonly Box[],
): boolean {
  return scales.every((factor) => {
    const other = divide(resized(page, factor)).map(({ x, y, w, h }) => ({
      x: x / factor,
      y: y / factor,
      w: w / factor,
      h: h / factor,
    }));
    return !isSame(panels, other);
  });
}

const isSame = (panels: readonly Box[], others: readonly Box[]): boolean =>
  panels.length === others.length &&
  panels.every((panel) => others.some((other) => iou(panel, other) >= same));
