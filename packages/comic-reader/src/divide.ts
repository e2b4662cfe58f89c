import { label } from './components.ts';
import { bestCut, type Cut } from './cut.ts';
import { framed, reachLettering } from './frame.ts';
import { type Foreground, foreground, type GutterColour, sameColour, withRims } from './gutter.ts';
import type { GutterRules } from './gutter-rules.ts';
import type { Box } from './page.ts';
import { type Plane, planesOf } from './plane.ts';
import { emptyMask, type Mask, overlap, type Raster } from './raster.ts';
import { boundsOf, type Columns, clip, columnsOf, type Region, regionOf, turned } from './region.ts';

/** Share of the page under which a piece is not a panel. */
const SMALLEST_AREA = 0.008;

/** A larger share of art outside of panels means that a panel was not found. */
const OUTSIDE = 0.3;

/** Share of its box that a panel fills. */
const SOLID = 0.85;

interface Piece {
  box: Box;
  straightSides: number;
}

/** A page divided at its gutters. */
export interface Division {
  /** Empty if all is gutter, or nothing has a frame. */
  panels: Box[];
  /** From 0 to 1: 0.5 if a cut was nearly made or nearly not made; more if much art is outside of panels. */
  doubt: number;
}

/** Divides a page at gutters of one colour. */
export function divide(page: Raster, colour: GutterColour, rules: GutterRules): Division {
  const side = Math.min(page.width, page.height);
  const coloured = sameColour(page, colour);
  const drawn = foreground(rules.strict ? coloured : withRims(page, coloured, colour), side * 0.022);
  const planes = planesOf(drawn, rules.run);
  const scores: number[] = [];
  const pieces = parts(drawn, planes, rules, scores).flatMap((part) => piecesOf(drawn, planes, part, rules));
  // Figures on an even ground are a picture, not panels: at least one piece needs a frame.
  if (!pieces.some((piece) => piece.straightSides >= 3)) return { panels: [], doubt: 0 };
  const smallest = page.width * page.height * SMALLEST_AREA;
  const panels = absorb(
    pieces
      .map((piece) => piece.box)
      .filter((b) => b.w * b.h >= smallest && Math.min(b.w, b.h) >= rules.smallest),
  );
  const closest = Math.max(...scores.map((score) => closeness(score, rules.explained)));
  return { panels, doubt: Math.min(1, Math.max(closest, outside(drawn.art, panels) / OUTSIDE)) };
}

/** Returns how close a decision was, up to 0.5; 0 for a gutter with all edges in place, or without any. */
const closeness = (score: number, explained: number) =>
  0.5 * (score < explained ? score / explained : (1 - score) / (1 - explained));

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

function parts(
  { art }: Foreground,
  planes: readonly [Plane, Plane],
  rules: GutterRules,
  scores: number[],
): Region[] {
  const [across, down] = planes;
  const open: Region[] = [regionOf({ x: 0, y: 0, w: art.width, h: art.height })];
  const whole: Region[] = [];
  for (let region = open.pop(); region; region = open.pop()) {
    // Cuts are judged on the art alone; the parts keep their margins, which can contain lettering.
    const tight = tighten(art, region);
    if (!tight) continue;
    const row = bestCut(across, down.edges, tight, rules);
    const column = bestCut(down, across.edges, turned(tight), rules);
    const cut: Cut = row.rank >= column.rank ? row : column;
    scores.push(cut.score);
    if (cut.score < rules.explained || open.length > 60) {
      whole.push(region);
      continue;
    }
    const lying = cut === row;
    const [before, after] = (['above', 'below'] as const).map((part) =>
      lying ? clip(region, cut.line, part) : turned(clip(turned(region), cut.line, part)),
    ) as [Region, Region];
    open.push(before, after);
  }
  return whole;
}

/** Returns the region without its empty margin; null if it is empty. */
function tighten(mask: Mask, region: Region): Region | null {
  const { from, top, bottom } = columnsOf(region);
  if (top.length === 0) return null;
  let [x, y, right, low] = [mask.width, mask.height, 0, 0];
  const [first, last] = [top.reduce((a, b) => Math.min(a, b)), bottom.reduce((a, b) => Math.max(a, b))];
  for (let row = first; row < last; row++) {
    const start = row * mask.width + from;
    const isDrawn = (column: number) =>
      mask.data[start + column] === 1 && row >= (top[column] as number) && row < (bottom[column] as number);
    let [left, end] = [0, top.length];
    while (left < end && !isDrawn(left)) left++;
    if (left === end) continue;
    while (!isDrawn(end - 1)) end--;
    x = Math.min(x, from + left);
    right = Math.max(right, from + end);
    y = Math.min(y, row);
    low = row + 1;
  }
  if (right === 0) return null;
  const level = (at: number) => ({ at, slope: 0 });
  const rows = clip(clip(region, level(y), 'below'), level(low), 'above');
  return turned(clip(clip(turned(rows), level(x), 'below'), level(right), 'above'));
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
): Piece[] {
  const { width, height } = drawn.art;
  const bounds = boundsOf(region);
  if (!bounds) return [];
  const { components } = label(within(drawn.art, region, bounds));
  const largest = components.reduce((most, c) => Math.max(most, c.area), 0);
  const big = components.filter(
    (c) => c.area >= largest * 0.1 && c.w * c.h >= width * height * SMALLEST_AREA,
  );
  if (big.length === 0) return [];
  const columns = columnsOf(region);
  const lettering = drawn.lettering.filter((letter) => holds(columns, letter));
  const placed = (part: Region): Piece[] => {
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
    return [{ box: reachLettering(box, firm, lettering, gap), straightSides }];
  };
  const apart = big.every((c) => c.area >= SOLID * c.w * c.h);
  return big.length > 1 && apart
    ? big.flatMap((c) => placed(regionOf({ ...c, x: c.x + bounds.x, y: c.y + bounds.y })))
    : placed(region);
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
  for (let row = 0; row < bounds.h; row++) {
    const y = bounds.y + row;
    for (let column = 0; column < bounds.w; column++) {
      const inside = y >= (top[column] as number) && y < (bottom[column] as number);
      if (inside && mask.data[y * mask.width + bounds.x + column]) part.data[row * bounds.w + column] = 1;
    }
  }
  return part;
}

/** Drops boxes inside another one: they are fragments of its art. */
function absorb(boxes: Box[]): Box[] {
  return boxes.filter(
    (b, i) => !boxes.some((o, j) => j !== i && o.w * o.h > b.w * b.h && overlap(b, o) >= 0.85 * b.w * b.h),
  );
}
