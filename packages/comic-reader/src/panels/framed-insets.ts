import { commonest } from '../image/commonest.ts';
import { iou, type Mask, overlap, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { isAsThick, isFramedInCorner, penOf } from './frame-weight.ts';
import { type GutterColour, sameColour } from './gutter.ts';
import { besideLine, type Ruled, rectangles, type Side, sidesOf } from './rectangles.ts';
import { isVisible } from './shared-lines.ts';

/** Returns the shortest side of a picture, in pixels. */
export const leastOfPicture = ({ width, height }: Raster) => Math.round(leastSide * Math.min(width, height));
const leastSide = 0.08;
/** Widest rim, as a share of the page's shorter side. */
const widestRim = 0.04;
/** Tolerance of a rim's colour: beside a black line a JPEG makes paper darker. */
const besideInk = 32;
/** Places beside each other of which the least is a rim's width: art can end between two dots of a screen. */
const dots = 3;
/** Share of each side along which the rim is visible. */
const whole = 0.95;
/** Share of the outline along which art ends at the rim, and the share that is enough where no art is nearer: slanted lines end farther away. */
const cutOff = 0.1;
const cutClear = 0.2;
/**
 * Changes of brightness along the inside of the frame, and how large they are: the frame cuts at least one shape of a picture off.
 * Lettering stays away from the frame of its box, and a house front is even.
 */
const leastChanges = 2;
const change = 48;
/** Share of the outline along which a second line follows the first: the frame of a window, a board or a screen. */
const doubleLine = 0.8;
/** Share of the page under which a picture without a rim is a thing. */
const leastArea = 0.008;
/** A rectangle that agrees so much with a panel is that panel. */
const same = 0.7;
/** Sides of a picture at which art is cut off. */
const mostSides = 3;
/** A smaller share of the page is a window, a screen or a board rather than a panel. */
const leastOfInset = 0.03;

/** Panels on others. */
export interface Insets {
  insets: Box[];
  /** Another rectangle could be a panel or a thing in the picture. */
  unsure: boolean;
}

/**
 * Finds the panels on top of others. One has a frame with a rim of the gutter's colour around it, which cuts the art behind it off; or
 * its frame is that of the panels, in the corner of one, and cuts art off on both of its sides.
 * @param panels those that are known
 * @param gutters the colours that a rim can have
 */
export function framedInsets(
  page: Raster,
  ruled: Ruled,
  panels: readonly Box[],
  gutters: readonly GutterColour[],
): Insets {
  const side = Math.min(page.width, page.height);
  const boxes = rectangles(ruled, leastOfPicture(page)).filter((box) => isUpon(box, panels));
  if (boxes.length === 0) return { insets: [], unsure: false };
  let grounds: Mask[] | null = null;
  const groundsAround = () => {
    grounds ??= gutters.map((gutter) =>
      sameColour(page, { ...gutter, tolerance: Math.max(besideInk, gutter.tolerance) }),
    );
    return grounds;
  };
  const widest = Math.round(widestRim * side);
  const insets: Box[] = [];
  let unsure = false;
  const pen = penOf(page, panels);
  const smallest = leastArea * page.width * page.height;
  for (const box of boxes) {
    if (insets.some((one) => overlap(one, box) >= same * box.w * box.h)) continue;
    if (!cutsArtOff(page, box, 'inside')) continue;
    const rims = groundsAround().filter((ground) => hasRim(ground, box, widest)).length;
    if (rims > 0) insets.push(box);
    // A rim in one of two colours can be light art, so the frame is judged too.
    if (rims === gutters.length) continue;
    if (isFramedInCorner(page, box, panels, pen)) {
      const isSeen = sidesOf(box).every((line) => isVisible(page, line));
      if (!isSeen || box.w * box.h < smallest || !cutsArtOff(page, box, 'outside')) unsure = true;
      else if (rims === 0) insets.push(box);
    } else if (couldBeInset(page, box, panels, pen)) unsure = true;
  }
  return { insets, unsure };
}

/** Most of a box is on larger panels, and it is not one of the panels. */
function isUpon(box: Box, panels: readonly Box[]): boolean {
  const area = box.w * box.h;
  if (panels.some((panel) => iou(panel, box) >= same)) return false;
  const larger = panels.filter((panel) => panel.w * panel.h >= 1.5 * area);
  return larger.reduce((sum, panel) => sum + overlap(panel, box), 0) >= area / 2;
}

function hasRim(ground: Mask, box: Box, widest: number): boolean {
  const sides = sidesOf(box).map((side) => rimAlong(ground, side, widest));
  if (sides.some(({ rim }) => rim.filter((w) => w >= 2).length < whole * rim.length)) return false;
  const rims = sides.flatMap(({ rim }) => leastAround(rim));
  const width = commonest(rims, widest);
  const isEnd = (w: number) => Math.abs(w - width) <= 1;
  const ends = rims.filter(isEnd).length;
  const nearer = rims.filter((w) => w < width - 1).length;
  const isEven = ends >= 0.5 * rims.filter((w) => w <= widest).length;
  const isClear = nearer <= (1 - whole) * rims.length && ends >= cutClear * rims.length;
  if (ends < cutOff * rims.length || !(isEven || isClear)) return false;
  const lines = sides.reduce(
    (sum, { rim, behind }) => sum + rim.filter((w, at) => isEnd(w) && behind[at]).length,
    0,
  );
  return lines < doubleLine * rims.length;
}

/**
 * Returns whether a picture away from the corners of its panel could be a panel too: its frame is whole, touches no other one, is
 * not finer than those of the panels as far as dark art shows, and cuts art off at most of its sides.
 */
function couldBeInset(page: Raster, box: Box, panels: readonly Box[], pen: number | null): boolean {
  return (
    box.w * box.h >= leastOfInset * page.width * page.height &&
    isApart(box, panels) &&
    isAsThick(page, box, pen) &&
    sidesOf(box).every((line) => isVisible(page, line)) &&
    sidesOf(box).filter((line) => changesAlong(page, line, -besideLine) >= leastChanges).length >= mostSides
  );
}

/** Returns whether a box is inside a panel, away from its frame. */
const isApart = (box: Box, panels: readonly Box[]): boolean =>
  panels.some(
    ({ x, y, w, h }) =>
      Math.min(box.x - x, box.y - y, x + w - box.x - box.w, y + h - box.y - box.h) > besideLine,
  );

/** Returns the least value around each place. */
const leastAround = (values: readonly number[]): number[] =>
  values.map((_, i) => Math.min(...values.slice(Math.max(0, i - dots), i + dots + 1)));

/** Returns whether something inside or outside of a box is cut off by its frame. */
function cutsArtOff(page: Raster, box: Box, where: 'inside' | 'outside'): boolean {
  const away = where === 'inside' ? -besideLine : besideLine;
  return sidesOf(box).reduce((sum, side) => sum + changesAlong(page, side, away), 0) >= leastChanges;
}

/** Counts the changes of brightness along a side, at a distance from it. */
function changesAlong(
  { width, height, data }: Raster,
  { x, y, along, out, length }: Side,
  away: number,
): number {
  let [changes, before] = [0, -1];
  for (let i = 2 * besideLine; i < length - 2 * besideLine; i++) {
    const [px, py] = [x + i * along[0] + away * out[0], y + i * along[1] + away * out[1]];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const value = data[3 * (py * width + px) + 1] as number;
    if (before >= 0 && Math.abs(value - before) < change) continue;
    if (before >= 0) changes++;
    before = value;
  }
  return changes;
}

/** Measures the ground outside of a side: its width at each place, and whether it continues behind what ends it. */
function rimAlong({ width, height, data }: Mask, { x, y, along, out, length }: Side, widest: number) {
  const rim: number[] = [];
  const behind: boolean[] = [];
  const isGround = (px: number, py: number) =>
    px < 0 || py < 0 || px >= width || py >= height || data[py * width + px] === 1;
  for (let i = besideLine; i < length - besideLine; i++) {
    const at = (d: number) => isGround(x + i * along[0] + d * out[0], y + i * along[1] + d * out[1]);
    let first = 1;
    while (first <= besideLine && !at(first)) first++;
    let end = first;
    while (end - first <= widest && at(end)) end++;
    rim.push(end - first);
    behind.push(at(end + besideLine) || at(end + besideLine + 1));
  }
  return { rim, behind };
}
