import { iou, overlap, type Raster } from '../image/raster.ts';
import { resized } from '../image/resized.ts';
import type { Box } from '../page/page.ts';

/**
 * Sizes at which a page is divided again: so different that lines of a picture change their thickness and distance in pixels. The larger
 * one is only tried where the smaller one differs, since it takes longer than the page itself; the third one where both agree.
 */
const [smaller, larger, third] = [0.6, 1.3, 0.8];
/** Overlap from which two boxes are the same panel. */
const same = 0.7;
/** Share of a panel that is on a larger one: it is on top of it. */
const upon = 0.85;

interface Divided {
  panels: readonly Box[];
}

/** What other sizes of a page say about its division. */
export interface OtherScales<Division> {
  isDoubtful: boolean;
  /** The division that all of them agree on. */
  likelier: Division | null;
}

/**
 * Divides a page at other sizes. Gutters are the same at any size; a line of a picture is taken for one, or a gutter overlooked, at one
 * of them. So a division is doubtful if two other sizes agree on another one, or if both differ and one has more panels. A gutter of a
 * pixel or two is lost at other sizes, at each in other places, which says nothing. Panels on top of others do not count, since the frame
 * of one is fine and known by its pixels.
 * @param divide finds the panels of a page
 */
export function atOtherScales<Division extends Divided>(
  page: Raster,
  found: Division,
  divide: (page: Raster) => Division,
): OtherScales<Division> {
  const small = dividedAt(page, smaller, divide);
  if (isSame(found, small)) return { isDoubtful: false, likelier: null };
  const large = dividedAt(page, larger, divide);
  if (isSame(found, large)) return { isDoubtful: false, likelier: null };
  if (isSame(small, large))
    return { isDoubtful: true, likelier: isSame(dividedAt(page, third, divide), large) ? large : null };
  const most = Math.max(...[small, large].map(({ panels }) => beside(panels).length));
  return { isDoubtful: most > beside(found.panels).length, likelier: null };
}

/** Divides a page at another size; the panels are in the page's own pixels. */
function dividedAt<Division extends Divided>(
  page: Raster,
  factor: number,
  divide: (page: Raster) => Division,
): Division {
  const division = divide(resized(page, factor));
  const panels = division.panels.map(({ x, y, w, h }) => {
    const [left, top] = [Math.round(x / factor), Math.round(y / factor)];
    return { x: left, y: top, w: Math.round((x + w) / factor) - left, h: Math.round((y + h) / factor) - top };
  });
  return { ...division, panels };
}

function isSame(one: Divided, other: Divided): boolean {
  const [panels, others] = [beside(one.panels), beside(other.panels)];
  return (
    panels.length === others.length &&
    panels.every((panel) => others.some((candidate) => iou(panel, candidate) >= same))
  );
}

/** Returns the panels that are beside others, not on top of one. */
const beside = (panels: readonly Box[]): Box[] =>
  panels.filter((box) =>
    panels.every(
      (panel) =>
        panel === box || panel.w * panel.h <= box.w * box.h || overlap(panel, box) < upon * box.w * box.h,
    ),
  );
