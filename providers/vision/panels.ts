import type { Box } from '../../domain/page.ts';
import { type Component, label } from './components.ts';
import { type Drawn, type GutterRules, slantedCut, straightCut } from './cut.ts';
import {
  BLACK,
  borderColour,
  difference,
  foreground,
  type GutterColour,
  sameColour,
  WHITE,
} from './gutter.ts';
import { insetsIn } from './inset.ts';
import { crop, type Mask, overlap, type Raster, union } from './raster.ts';
import { boundsOf, type Region, regionOf, split, within } from './region.ts';
import { findSheet } from './sheet.ts';
import { filled, hasOwnGround, isStrip, scenes } from './strip.ts';
import { type Firm, reachLettering, trim } from './trim.ts';

/** A ring this uniform is taken as gutter without further proof. */
const SURE_SHARE = 0.35;

/** What parts insets from art that fills the page. */
const PAPER: GutterColour = { colour: WHITE, share: 1, tolerance: 24 };

/** Less of a strip's part that is no ground is lettering between the scenes. */
const SCENE_FILLED = 0.15;

/** Share of the page under which a piece is no panel. */
const SMALLEST_AREA = 0.008;

/** Panels of a page, and how far they can be trusted. */
export interface FoundPanels {
  /** In the raster's pixels and no particular order; at least one. */
  panels: Box[];
  /** Nothing that divides the page was found, so that the whole page is the one panel. */
  undivided: boolean;
  /** How badly the panels explain the page, from 0 to 1. */
  doubt: number;
}

/**
 * Finds the panels of a page. A page in which nothing parts the art is one panel.
 * @param page RGB, about 1000 pixels on its longer side
 */
export function findPanels(page: Raster): FoundPanels {
  const panels = boxesOf(page);
  const [only] = panels;
  const undivided = panels.length === 1 && only?.w === page.width && only.h === page.height;
  return { panels, undivided, doubt: 0 };
}

function boxesOf(page: Raster): Box[] {
  const whole: Box = { x: 0, y: 0, w: page.width, h: page.height };
  if (!isStrip(page)) return panelsOfPage(page, rulesFor(Math.min(page.width, page.height)));
  const parts = scenes(page);
  const own = new Set(parts.filter((part) => hasOwnGround(page, part)));
  const drawn = parts.filter((part) => own.has(part) || filled(page, part) >= SCENE_FILLED);
  const found = (drawn.length > 0 ? drawn : parts).flatMap((part) => {
    // Its own ground is a picture's, and parts no panels.
    if (own.has(part)) return [part];
    const inside = panelsOfPage(crop(page, part), rulesFor(page.width));
    // One picture keeps its whole height: an even sky above it is not the strip's ground, which was cut off before.
    const [only] = inside;
    if (only && inside.length === 1) return [{ ...part, x: part.x + only.x, w: only.w }];
    return inside.map((b) => ({ ...b, x: b.x + part.x, y: b.y + part.y }));
  });
  return found.length > 0 ? found : [whole];
}

function panelsOfPage(page: Raster, rules: GutterRules): Box[] {
  const whole: Box = { x: 0, y: 0, w: page.width, h: page.height };
  const side = Math.min(page.width, page.height);
  const border = borderColour(page, Math.max(2, Math.round(side * 0.012)));
  const found = border.share >= SURE_SHARE ? panelsBetween(page, border, rules) : [];
  const sheet = found.length < 2 && border.share >= SURE_SHARE ? findSheet(page, border) : null;
  const upon = sheet ? panelsBetween(sheet.raster, borderColour(sheet.raster, 3), rules) : [];
  if (sheet && upon.length > 1)
    return upon.map((box) => ({ ...box, x: box.x + sheet.at.x, y: box.y + sheet.at.y }));
  const gutters =
    border.share >= SURE_SHARE && difference(border.colour, WHITE) <= 60 ? [border] : [border, PAPER];
  return (found.length > 0 ? found : [whole])
    .flatMap((box) => panelsInside(page, box, rules))
    .flatMap((box) => [
      box,
      ...(isBig(page, box) ? gutters.flatMap((gutter) => insetsIn(page, box, gutter)) : []),
    ]);
}

const isBig = (page: Raster, { w, h }: Box) => w * h >= page.width * page.height * 0.25;

function rulesFor(side: number): GutterRules {
  return {
    dirt: 0.14,
    edge: 0.6,
    thin: Math.max(2, Math.round(side * 0.004)),
    wide: Math.max(8, Math.round(side * 0.03)),
    smallest: Math.round(side * 0.05),
    lean: 0.5,
  };
}

/**
 * A box that one gutter colour does not part may hold panels parted by another: black gutters inside a white
 * margin, or frames that share a line. Only two-sided, nearly clean gutters count here, since a night sky is
 * black as well.
 */
function panelsInside(page: Raster, box: Box, rules: GutterRules): Box[] {
  if (!isBig(page, box)) return [box];
  const part = crop(page, box);
  const ring = borderColour(part, 2);
  const colours: GutterColour[] = [];
  if (ring.share >= 0.5) colours.push(ring);
  for (const colour of [WHITE, BLACK]) {
    if (colours.every((known) => difference(known.colour, colour) > 60))
      colours.push({ colour, share: 0, tolerance: 40 });
  }
  const strict: GutterRules = { ...rules, dirt: 0.03, edge: 0.7, wide: Number.POSITIVE_INFINITY, lean: 0.2 };
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
  const drawn = foreground(sameColour(page, gutter), side * 0.022);
  const leaves: Region[] = [];
  divide(drawn, regionOf({ x: 0, y: 0, w: page.width, h: page.height }), rules, leaves, 0);
  const pieces = leaves.flatMap((leaf) => piecesOf(drawn.art, leaf, drawn.lettering));
  // Figures on an even ground are a picture, not panels: somewhere on the page there has to be a frame.
  if (!pieces.some((piece) => piece.straightSides >= 3)) return [];
  const boxes = pieces.map((piece) => piece.box);
  const smallest = page.width * page.height * SMALLEST_AREA;
  return absorb(boxes.filter((b) => b.w * b.h >= smallest && Math.min(b.w, b.h) >= rules.smallest));
}

function divide(drawn: Drawn, region: Region, rules: GutterRules, leaves: Region[], depth: number): void {
  // Cuts are judged on the art alone; the parts keep their margins, where lettering may stand.
  const tight = tighten(drawn.art, region);
  if (!tight) return;
  const cut = depth > 40 ? null : (straightCut(drawn, tight, rules) ?? slantedCut(drawn, tight, rules));
  if (!cut) {
    leaves.push(region);
    return;
  }
  for (const part of split(region, cut.line)) divide(drawn, part, rules, leaves, depth + 1);
}

/** The region without its empty margin; null when nothing is in it. */
function tighten(mask: Mask, region: Region): Region | null {
  let top = -1;
  let bottom = 0;
  let x = mask.width;
  let end = 0;
  for (let i = 0; i < region.left.length; i++) {
    const row = (region.top + i) * mask.width;
    const left = region.left[i] as number;
    const span = mask.data.subarray(row + left, row + Math.max(left, region.right[i] as number));
    const first = span.indexOf(1);
    if (first < 0) continue;
    if (top < 0) top = i;
    bottom = i + 1;
    x = Math.min(x, left + first);
    end = Math.max(end, left + span.lastIndexOf(1) + 1);
  }
  if (top < 0) return null;
  return {
    top: region.top + top,
    left: region.left.slice(top, bottom).map((l) => Math.max(l, x)),
    right: region.right.slice(top, bottom).map((r) => Math.min(r, end)),
  };
}

interface Piece {
  box: Box;
  straightSides: number;
}

/**
 * What stands in a region that no line parts: one panel, or several whose layout no line can part (a pinwheel
 * around a middle panel), which are then separate components. Small components belong to what they touch.
 */
function piecesOf(mask: Mask, region: Region, lettering: readonly Box[]): Piece[] {
  const box = boundsOf(region);
  if (!box) return [];
  const { components, labels } = label(within(mask, region, box));
  const largest = components.reduce((most, c) => Math.max(most, c.area), 0);
  const big = components.filter(
    (c) => c.area >= largest * 0.1 && c.w * c.h >= mask.width * mask.height * SMALLEST_AREA,
  );
  const placed = (group: Component[]) => {
    const bounds = group.map((c): Box => ({ x: c.x, y: c.y, w: c.w, h: c.h })).reduce(union);
    return trim({ labels, width: box.w }, new Set(group.map((c) => c.label)), bounds);
  };
  if (big.length === 0) return [];
  const apart = big.every((a) =>
    big.every((b) => a === b || overlap(a, b) <= 0.25 * Math.min(a.w * a.h, b.w * b.h)),
  );
  const each = big.length > 1 && apart ? big.map((c) => placed([c])) : [];
  const framed = each.length > 1 && each.every(({ firm }) => straightSides(firm) >= 3);
  return (framed ? each : [placed(big)]).map(({ box: tight, firm }) => {
    const onPage = { ...tight, x: tight.x + box.x, y: tight.y + box.y };
    const gap = Math.min(mask.width, mask.height) * 0.03;
    return { box: reachLettering(onPage, firm, region, lettering, gap), straightSides: straightSides(firm) };
  });
}

const straightSides = (firm: Firm) => Object.values(firm).filter(Boolean).length;

/** Drops boxes that lie in another: fragments of its art. */
function absorb(boxes: Box[]): Box[] {
  return boxes.filter(
    (b, i) => !boxes.some((o, j) => j !== i && o.w * o.h > b.w * b.h && overlap(b, o) >= 0.85 * b.w * b.h),
  );
}
