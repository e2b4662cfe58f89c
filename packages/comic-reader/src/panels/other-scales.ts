import { iou, type Raster } from '../image/raster.ts';
import { resized } from '../image/resized.ts';
import type { Box } from '../page/page.ts';

/**
 * Sizes at which a page is divided again: so different that lines of a picture change their thickness and distance in pixels. The second
 * one is only tried where the first one differs. A size above 1 tells no more, and takes longer than the page itself (ADR 0051).
 */
const [first, second] = [0.6, 0.85];
/** Overlap from which two boxes are the same panel. */
const same = 0.7;

/**
 * Checks whether a page could be divided otherwise, by dividing it at other sizes. Gutters are the same at any size; a line of a picture
 * is taken for one, or a gutter overlooked, at one of them. So a division is doubtful if two other sizes agree on another one, or if both
 * differ and one has more panels. A gutter of a pixel or two is lost at other sizes, at each in other places, which says nothing. Panels
 * on top of others are not compared, since the frame of one is fine and known by its pixels.
 * @param panels those beside each other
 * @param divide finds these panels of a page
 */
export function differsAtOtherScales(
  page: Raster,
  panels: readonly Box[],
  divide: (page: Raster) => readonly Box[],
): boolean {
  const one = dividedAt(page, first, divide);
  if (isSame(panels, one)) return false;
  const other = dividedAt(page, second, divide);
  if (isSame(panels, other)) return false;
  return isSame(one, other) || Math.max(one.length, other.length) > panels.length;
}

/** Divides a page at another size; returns the panels in the page's own pixels. */
const dividedAt = (page: Raster, factor: number, divide: (page: Raster) => readonly Box[]): Box[] =>
  divide(resized(page, factor)).map(({ x, y, w, h }) => ({
    x: x / factor,
    y: y / factor,
    w: w / factor,
    h: h / factor,
  }));

const isSame = (panels: readonly Box[], others: readonly Box[]): boolean =>
  panels.length === others.length &&
  panels.every((panel) => others.some((other) => iou(panel, other) >= same));
