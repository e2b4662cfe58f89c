import { label } from '../image/components.ts';
import { crop, emptyMask, type Mask, moved, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { black, type GutterColour, sameColour, white } from './gutter.ts';
import { besideLine } from './rectangles.ts';

/** Shortest side of an inset, as a share of its panel's shorter side, and its largest share of the panel's area. */
const leastSide = 0.15;
const mostArea = 0.6;
/** Largest thickness of a ring, as a share of its panel's shorter side. */
const thickestRing = 0.04;
/** Share of each of its four sides that has to be visible. */
const closed = 0.93;
/** A ring with a larger share of its colour inside is around a caption or a bubble, not a picture. */
const mostGround = 0.6;

/**
 * Rings that can be those of pictures or of things, and the share of the page from which a panel is searched for them: light of any colour, on a
 * dark picture, and ink, as the thick frame of a picture, a screen or a window. Thin ones are lines.
 */
const uncertain: readonly { ring: GutterColour; leastOfPage: number; thinnest: number }[] = [
  { ring: { colour: white, share: 0, tolerance: 96 }, leastOfPage: 0.25, thinnest: 1 },
  { ring: { colour: black, share: 0, tolerance: 24 }, leastOfPage: 0.1, thinnest: besideLine },
];

/** Finds what could be pictures inside of panels, by a ring of another colour than the gutters'. */
export const possibleInsets = (page: Raster, panels: readonly Box[]): Box[] =>
  uncertain.flatMap(({ ring, leastOfPage, thinnest }) =>
    panels
      .filter(({ w, h }) => w * h >= leastOfPage * page.width * page.height)
      .flatMap((panel) => insetsIn(page, panel, ring, thinnest)),
  );

/**
 * Finds pictures inside a panel: each has a ring of the gutter's colour around it, straight on all four sides.
 * @param page RGB; the boxes are in its pixels
 * @param thinnest least thickness of a ring
 */
export function insetsIn(page: Raster, panel: Box, gutter: GutterColour, thinnest = 1): Box[] {
  const part = crop(page, panel);
  const coloured = sameColour(part, gutter);
  const side = Math.min(panel.w, panel.h);
  const { components, paint } = label(coloured, false);
  const rings = components.filter(
    (c) => Math.min(c.w, c.h) >= leastSide * side && c.w * c.h <= mostArea * panel.w * panel.h,
  );
  return rings.flatMap((ring) => {
    const alone = emptyMask(part.width, part.height);
    paint(alone, 1, (component) => component === ring);
    const shareOfRing = (box: Box) => shareOf(alone, box);
    const inside = withinRing(ring, shareOfRing, thinnest, Math.max(2, Math.round(thickestRing * side)));
    if (!inside || Math.min(inside.w, inside.h) < leastSide * side) return [];
    if (shareOf(coloured, inside) > mostGround) return [];
    return [moved(inside, panel)];
  });
}

/** Returns what a ring encloses; null unless it has four straight, thin sides without a gap. */
function withinRing(
  { x, y, w, h }: Box,
  shareOfRing: (box: Box) => number,
  thinnest: number,
  thickest: number,
): Box | null {
  const thickness = (lines: number, lineAt: (line: number) => Box) => {
    // The outermost line is blurred, and can lie outside the ring.
    for (let line = Math.min(lines, thickest) - 1; line >= 0; line--) {
      if (shareOfRing(lineAt(line)) >= closed) return line + 1;
    }
    return 0;
  };
  const row = (at: number) => ({ x, y: at, w, h: 1 });
  const column = (at: number) => ({ x: at, y, w: 1, h });
  const top = thickness(h, (line) => row(y + line));
  if (top < thinnest) return null;
  const bottom = thickness(h, (line) => row(y + h - 1 - line));
  if (bottom < thinnest) return null;
  const left = thickness(w, (line) => column(x + line));
  const right = thickness(w, (line) => column(x + w - 1 - line));
  if (Math.min(left, right) < thinnest) return null;
  const inside = { x: x + left, y: y + top, w: w - left - right, h: h - top - bottom };
  return inside.w > 0 && inside.h > 0 ? inside : null;
}

function shareOf({ width, data }: Mask, { x, y, w, h }: Box): number {
  let count = 0;
  for (let line = y; line < y + h; line++) {
    for (let at = line * width + x; at < line * width + x + w; at++) count += data[at] as number;
  }
  return count / (w * h);
}
