import { type Component, label } from '../image/components.ts';
import { emptyMask, type Mask, overlap, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { isConvex } from './convex.ts';
import { type Foreground, foreground, groundOf, speckOf } from './foreground.ts';
import { framed } from './frame.ts';
import { type GutterColour, isLight, sameColour } from './gutter.ts';
import { betweenFrames, type GutterRules } from './gutter-rules.ts';
import { withNarrowGutters } from './narrow-gutters.ts';
import { partsOf, tighten } from './parts.ts';
import { type Plane, planesOf } from './plane.ts';
import { reachLettering } from './reach-lettering.ts';
import { boundsOf, type Columns, columnsOf, type Region, regionOf } from './region.ts';
import { withRims } from './rims.ts';

/** Share of the page under which a piece is not a panel. */
const smallestArea = 0.008;

/** With this share of art outside of panels, a panel was not found: few pages have more than eight. */
const mostOutside = 0.12;

/** Share of its box that a panel fills. */
const solid = 0.85;

/** Smaller convex pieces, as a share of the page, can be balloons. */
const leastConvex = 0.03;

/** Share of the page that convex pieces without straight sides cover if they are its panels. */
const mostlyCovered = 0.4;

/** Least share of a page's rows or columns in which a clean gutter is open. */
const leastOpen = 0.2;

interface Piece {
  box: Box;
  straightSides: number;
  /** It has few straight sides, but the outline of a picture: round, torn or turned. */
  isConvex: boolean;
}

/** A page divided at its gutters. */
export interface Division {
  /** Empty if all is gutter, or nothing has a frame. */
  panels: Box[];
  /** Not all gutters could be judged: a texture looks like more of them than a layout has. */
  unfinished: boolean;
  /** Returns a number from 0 to 1, by the share of art that is outside of panels. */
  outside(): number;
  /** Framed pictures apart from the others, in the boxes of panels that no line divides: in the corner of an L. */
  apart: Box[];
}

const undividedPage: Division = { panels: [], unfinished: false, outside: () => 0, apart: [] };

/** Divides a page at gutters of one colour. */
export function divide(page: Raster, colour: GutterColour, rules: GutterRules): Division {
  const side = Math.min(page.width, page.height);
  const speck = speckOf(side);
  const coloured = sameColour(page, colour);
  const ground = groundOf(rules.strict ? coloured : withRims(page, coloured, colour), speck);
  if (rules.strict && !hasRoomForGutter(ground.drawn, rules.smallest)) return undividedPage;
  const drawn = foreground(ground, speck);
  const planes = planesOf(drawn, rules.run);
  const narrow = !rules.strict && isLight(colour) && withNarrowGutters(page, drawn, colour, rules.smallest);
  const { parts, unfinished } = partsOf(drawn.art, [
    { planes, rules },
    ...(narrow ? [{ planes: planesOf(narrow, rules.run), rules: betweenFrames(rules) }] : []),
  ]);
  const found = parts.map((part) => piecesOf(drawn, planes, part, rules, parts.length === 1));
  const pieces = found.flatMap(({ pieces: own }) => own);
  // Figures on an even ground are a picture, not panels: at least one piece needs a frame, or several have the outlines of pictures.
  if (!pieces.some((piece) => piece.straightSides >= 3) && !arePictures(page, pieces))
    return { ...undividedPage, unfinished };
  const smallest = page.width * page.height * smallestArea;
  const panels = absorb(
    pieces
      .map((piece) => piece.box)
      .filter((b) => b.w * b.h >= smallest && Math.min(b.w, b.h) >= rules.smallest),
  );
  return {
    panels,
    unfinished,
    outside: () => Math.min(1, outside(drawn.art, panels) / mostOutside),
    apart: found.flatMap(({ apart }) => apart),
  };
}

/**
 * Returns whether a clean gutter could be anywhere on a page: it is open along at least half of itself, runs along at least half of the
 * page, and has a panel on both sides, even where it is slanted.
 */
function hasRoomForGutter({ width, height, data }: Mask, smallest: number): boolean {
  const depth = smallest >> 1;
  const columns = new Uint8Array(width);
  let [openRows, openColumns] = [0, 0];
  for (let y = 0; y < height; y++) {
    const isDeep = y >= depth && y < height - depth;
    let isOpen = false;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (data[at]) continue;
      if (x >= depth && x < width - depth) isOpen = true;
      if (!isDeep || columns[x]) continue;
      columns[x] = 1;
      openColumns++;
    }
    if (isOpen) openRows++;
    if (openColumns >= leastOpen * width || openRows >= leastOpen * height) return true;
  }
  return false;
}

/** Returns whether pieces without straight sides are pictures: several are convex, and these cover much of the page. */
function arePictures({ width, height }: Raster, pieces: readonly Piece[]): boolean {
  const convex = pieces.filter((piece) => piece.isConvex);
  const covered = convex.reduce((sum, { box }) => sum + box.w * box.h, 0);
  return convex.length > 1 && covered >= mostlyCovered * width * height;
}

/** Returns the share of art outside of all panels. */
function outside({ width, data }: Mask, panels: readonly Box[]): number {
  const left = data.slice();
  for (const { x, y, w, h } of panels) {
    for (let row = y; row < y + h; row++) left.fill(0, row * width + x, row * width + x + w);
  }
  let [all, rest] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    all += data[at] as number;
    rest += left[at] as number;
  }
  return rest / Math.max(1, all);
}

/**
 * Returns the panels of a region that no line divides: one, or several in a layout that lines cannot divide (a pinwheel
 * around a middle panel), which are separate components. Small components belong to what they touch.
 */
function piecesOf(
  drawn: Foreground,
  planes: readonly [Plane, Plane],
  region: Region,
  rules: GutterRules,
  isWhole: boolean,
): { pieces: Piece[]; apart: Box[] } {
  const { width, height } = drawn.art;
  const bounds = boundsOf(region);
  if (!bounds) return { pieces: [], apart: [] };
  const { components, labels } = label(within(drawn.art, region, bounds));
  const largest = components.reduce((most, c) => Math.max(most, c.area), 0);
  const big = components.filter((c) => c.area >= largest * 0.1 && c.w * c.h >= width * height * smallestArea);
  // Strict rules only ask where a panel is divided.
  if (big.length === 0 || (big.length === 1 && isWhole && rules.strict)) return { pieces: [], apart: [] };
  const columns = columnsOf(region);
  const lettering = drawn.lettering.filter((letter) => holds(columns, letter));
  let numbers: Int32Array | null = null;
  const isPicture = (c: Component) => {
    if (c.w * c.h < leastConvex * width * height) return false;
    numbers ??= labels();
    return isConvex(numbers, bounds.w, c);
  };
  /** Places a panel; `alone` is its only piece, if there is one. */
  const placed = (part: Region, alone?: Component): Piece[] => {
    const { region: inner, firm } = framed(planes, part, rules);
    const tight = tighten(drawn.art, inner);
    const box = tight && boundsOf(tight);
    if (!box) return [];
    const gap = Math.min(width, height) * 0.03;
    // A panel that bleeds off the page ends in a straight line too.
    const bleeds = [box.y <= 0, box.x <= 0, box.y + box.h >= height, box.x + box.w >= width];
    const straightSides = [firm.top, firm.left, firm.bottom, firm.right].filter(
      (f, i) => f || bleeds[i],
    ).length;
    return [
      {
        box: reachLettering(box, firm, lettering, gap),
        straightSides,
        isConvex: straightSides < 3 && alone !== undefined && isPicture(alone),
      },
    ];
  };
  const isSolid = (c: Component) => c.area >= solid * c.w * c.h;
  const alone = (c: Component) => placed(regionOf({ ...c, x: c.x + bounds.x, y: c.y + bounds.y }), c);
  if (big.length > 1 && big.every((c) => isSolid(c) || isPicture(c)))
    return { pieces: big.flatMap(alone), apart: [] };
  const around = big.filter((c) => !isSolid(c));
  const inCorner = big.filter(
    (c) => isSolid(c) && around.some((other) => overlap(other, c) >= solid * c.w * c.h),
  );
  return {
    pieces: placed(region, big.length === 1 ? big[0] : undefined),
    apart: inCorner
      .flatMap(alone)
      .filter(({ straightSides }) => straightSides === 4)
      .map(({ box }) => box),
  };
}

function holds({ from, top, bottom }: Columns, { x, y, w, h }: Box): boolean {
  const column = Math.round(x + w / 2) - from;
  const row = y + h / 2;
  return (
    column >= 0 && column < top.length && row >= (top[column] as number) && row < (bottom[column] as number)
  );
}

/** Copies the region's part of a mask within its bounds; everything else is 0. */
function within(mask: Mask, region: Region, bounds: Box): Mask {
  const part = emptyMask(bounds.w, bounds.h);
  const { top, bottom } = columnsOf(region);
  const isInside = (column: number, y: number) =>
    y >= (top[column] as number) && y < (bottom[column] as number);
  for (let row = 0; row < bounds.h; row++) {
    const y = bounds.y + row;
    // A convex part has one stretch in each row.
    let [first, end] = [0, bounds.w];
    while (first < end && !isInside(first, y)) first++;
    while (end > first && !isInside(end - 1, y)) end--;
    const start = y * mask.width + bounds.x;
    part.data.set(mask.data.subarray(start + first, start + end), row * bounds.w + first);
  }
  return part;
}

/** Drops boxes inside another one: they are fragments of its art. */
function absorb(boxes: Box[]): Box[] {
  return boxes.filter(
    (b, i) => !boxes.some((o, j) => j !== i && o.w * o.h > b.w * b.h && overlap(b, o) >= 0.85 * b.w * b.h),
  );
}
