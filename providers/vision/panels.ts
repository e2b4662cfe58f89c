import type { Box } from '../../domain/page.ts';
import { type Component, label } from './components.ts';
import { type GutterRules, slantedCut, straightCut } from './cut.ts';
import {
  BLACK,
  borderColour,
  difference,
  foreground,
  type GutterColour,
  sameColour,
  WHITE,
} from './gutter.ts';
import { crop, type Mask, overlap, type Raster, union } from './raster.ts';
import { boundsOf, type Region, regionOf, split, within } from './region.ts';
import { trim } from './trim.ts';

/** A ring this uniform is taken as gutter without further proof. */
const SURE_SHARE = 0.35;

/** Share of the page under which a piece is no panel. */
const SMALLEST_AREA = 0.008;

/**
 * Finds the panels of a page, in no particular order. A page in which nothing parts the art is one panel.
 * @param page RGB, about 1000 pixels on its longer side
 * @returns boxes in the raster's pixels, at least one
 */
export function findPanels(page: Raster): Box[] {
  const whole: Box = { x: 0, y: 0, w: page.width, h: page.height };
  const side = Math.min(page.width, page.height);
  const border = borderColour(page, Math.max(2, Math.round(side * 0.012)));
  const found = border.share >= SURE_SHARE ? panelsBetween(page, border, rulesFor(page)) : [];
  const deeper = (found.length > 0 ? found : [whole]).flatMap((box) => panelsInside(page, box));
  return deeper.length > 0 ? deeper : [whole];
}

function rulesFor({ width, height }: Raster): GutterRules {
  const side = Math.min(width, height);
  return {
    dirt: 0.14,
    edge: 0.6,
    thin: Math.max(2, Math.round(side * 0.004)),
    wide: Math.max(8, Math.round(side * 0.03)),
    smallest: Math.round(side * 0.05),
    lean: 0.6,
  };
}

/**
 * A box that one gutter colour does not part may hold panels parted by another: black gutters inside a white
 * margin, or frames that share a line. Only two-sided, nearly clean gutters count here, since a night sky is
 * black as well.
 */
function panelsInside(page: Raster, box: Box): Box[] {
  const big = box.w * box.h >= page.width * page.height * 0.25;
  if (!big) return [box];
  const part = crop(page, box);
  const ring = borderColour(part, 2);
  const colours: GutterColour[] = [];
  if (ring.share >= 0.5) colours.push(ring);
  for (const colour of [WHITE, BLACK]) {
    if (colours.every((known) => difference(known.colour, colour) > 60))
      colours.push({ colour, share: 0, tolerance: 40 });
  }
  const strict: GutterRules = { ...rulesFor(page), dirt: 0.03, edge: 0.7, wide: Number.MAX_SAFE_INTEGER };
  for (const colour of colours) {
    const inner = panelsBetween(part, colour, strict);
    const area = inner.reduce((sum, b) => sum + b.w * b.h, 0);
    if (inner.length >= 2 && area >= box.w * box.h * 0.6) {
      return inner.map((b) => ({ ...b, x: b.x + box.x, y: b.y + box.y }));
    }
  }
  return [box];
}

/** Panels parted by gutters of one colour; none when all is gutter. */
function panelsBetween(page: Raster, gutter: GutterColour, rules: GutterRules): Box[] {
  const side = Math.min(page.width, page.height);
  const mask = foreground(sameColour(page, gutter), side * 0.022);
  const leaves: Region[] = [];
  divide(mask, regionOf({ x: 0, y: 0, w: page.width, h: page.height }), rules, leaves, 0);
  const boxes: Box[] = [];
  for (const leaf of leaves) boxes.push(...piecesOf(mask, leaf));
  const smallest = page.width * page.height * SMALLEST_AREA;
  return absorb(boxes.filter((b) => b.w * b.h >= smallest && Math.min(b.w, b.h) >= rules.smallest));
}

function divide(mask: Mask, region: Region, rules: GutterRules, leaves: Region[], depth: number): void {
  const cut = depth > 40 ? null : (straightCut(mask, region, rules) ?? slantedCut(mask, region, rules));
  if (!cut) {
    leaves.push(region);
    return;
  }
  for (const part of split(region, cut.line)) {
    const tight = tighten(mask, part);
    if (tight) divide(mask, tight, rules, leaves, depth + 1);
  }
}

/** Cuts away the empty margin of a region; null when nothing is in it. */
function tighten(mask: Mask, region: Region): Region | null {
  const box = boundsOf(region);
  if (!box) return null;
  const content = within(mask, region, box);
  let x = box.w;
  let y = box.h;
  let right = 0;
  let bottom = 0;
  for (let row = 0; row < box.h; row++) {
    for (let column = 0; column < box.w; column++) {
      if (!content.data[row * box.w + column]) continue;
      if (column < x) x = column;
      if (column >= right) right = column + 1;
      if (row < y) y = row;
      bottom = row + 1;
    }
  }
  if (right === 0) return null;
  const from = box.y + y - region.top;
  const to = box.y + bottom - region.top;
  return {
    top: box.y + y,
    left: region.left.slice(from, to).map((l) => Math.max(l, box.x + x)),
    right: region.right.slice(from, to).map((r) => Math.min(r, box.x + right)),
  };
}

/**
 * What stands in a region that no line parts: one panel, or several whose layout no line can part (a pinwheel
 * around a middle panel), which are then separate components. Small components belong to what they touch.
 */
function piecesOf(mask: Mask, region: Region): Box[] {
  const box = boundsOf(region);
  if (!box) return [];
  const { components, labels } = label(within(mask, region, box));
  const largest = components.reduce((most, c) => Math.max(most, c.area), 0);
  const big = components.filter(
    (c) => c.area >= largest * 0.1 && c.w * c.h >= mask.width * mask.height * SMALLEST_AREA,
  );
  const apart = big.every((a) =>
    big.every((b) => a === b || overlap(a, b) <= 0.25 * Math.min(a.w * a.h, b.w * b.h)),
  );
  const solid = big.every((c) => c.area >= 0.5 * c.w * c.h);
  const groups: Component[][] = big.length > 1 && apart && solid ? big.map((c) => [c]) : [big];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => {
      const bounds = group.map((c): Box => ({ x: c.x, y: c.y, w: c.w, h: c.h })).reduce(union);
      const numbers = new Set(group.map((c) => c.label));
      const tight = trim({ labels, width: box.w }, numbers, bounds);
      return { ...tight, x: tight.x + box.x, y: tight.y + box.y };
    });
}

/** Drops boxes that lie in another: fragments of its art. */
function absorb(boxes: Box[]): Box[] {
  return boxes.filter(
    (b, i) => !boxes.some((o, j) => j !== i && o.w * o.h > b.w * b.h && overlap(b, o) >= 0.85 * b.w * b.h),
  );
}
