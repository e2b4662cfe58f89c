import { label } from '../image/components.ts';
import { crop, emptyMask, type Mask, type Raster } from '../image/raster.ts';
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
  const { labels, components } = label(coloured, false);
  const rings = components.filter(
    (c) => Math.min(c.w, c.h) >= leastSide * side && c.w * c.h <= mostArea * panel.w * panel.h,
  );
  if (rings.length === 0) return [];
  const numbers = labels();
  return rings.flatMap((c) => {
    const own = emptyMask(c.w, c.h);
    for (let y = 0, at = 0; y < c.h; y++) {
      const start = (c.y + y) * part.width + c.x;
      for (let x = 0; x < c.w; x++, at++) if (numbers[start + x] === c.label) own.data[at] = 1;
    }
    const inside = withinRing(own, thinnest, Math.max(2, Math.round(thickestRing * side)));
    if (!inside || Math.min(inside.w, inside.h) < leastSide * side) return [];
    const at = { ...inside, x: inside.x + c.x, y: inside.y + c.y };
    if (shareOf(coloured, at) > mostGround) return [];
    return [{ ...at, x: at.x + panel.x, y: at.y + panel.y }];
  });
}

/** Returns what a ring encloses; null unless it has four straight, thin sides without a gap. */
function withinRing(ring: Mask, thinnest: number, thickest: number): Box | null {
  const { width, height } = ring;
  const thickness = (lines: number, share: (line: number) => number) => {
    // The outermost line is blurred, and can lie outside the ring.
    for (let line = Math.min(lines, thickest) - 1; line >= 0; line--) {
      if (share(line) >= closed) return line + 1;
    }
    return 0;
  };
  const row = (y: number) => shareOf(ring, { x: 0, y, w: width, h: 1 });
  const column = (x: number) => shareOf(ring, { x, y: 0, w: 1, h: height });
  const top = thickness(height, row);
  const bottom = thickness(height, (line) => row(height - 1 - line));
  const left = thickness(width, column);
  const right = thickness(width, (line) => column(width - 1 - line));
  const sides = [top, bottom, left, right];
  if (Math.min(...sides) < thinnest) return null;
  const inside = { x: left, y: top, w: width - left - right, h: height - top - bottom };
  return inside.w > 0 && inside.h > 0 ? inside : null;
}

function shareOf({ width, data }: Mask, { x, y, w, h }: Box): number {
  let count = 0;
  for (let line = y; line < y + h; line++) {
    for (let at = line * width + x; at < line * width + x + w; at++) count += data[at] as number;
  }
  return count / (w * h);
}
