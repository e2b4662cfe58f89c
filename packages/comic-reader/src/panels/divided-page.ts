import { crop, iou, moved, type Raster, wholeOf } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { bleedingPanels } from './bleeding-panels.ts';
import { type Division, divide } from './divide.ts';
import { linesEndAtFrame } from './ends-at-frame.ts';
import { withEvenGround } from './even-ground.ts';
import { fallsApart, fallsApartAtRows } from './falls-apart.ts';
import { foreground, groundOf, speckOf } from './foreground.ts';
import { type Doubts, type FoundPanels, likely } from './found-panels.ts';
import { framedInsets, type Insets, leastOfPicture } from './framed-insets.ts';
import {
  black,
  borderColour,
  difference,
  type GutterColour,
  isLight,
  marginColour,
  sameColour,
  white,
} from './gutter.ts';
import { type GutterRules, strictly } from './gutter-rules.ts';
import { insetsIn, possibleInsets } from './inset.ts';
import { lit } from './lit.ts';
import { differsAtOtherScales } from './other-scales.ts';
import { otherColoursOutside } from './outside-panels.ts';
import { type Ruled, ruledLines } from './rectangles.ts';
import { hasSeam } from './seams.ts';
import { hasPanelsSeenOtherwise } from './seen-otherwise.ts';
import { dividedAtLines } from './shared-lines.ts';
import { findSheet } from './sheet.ts';

/** A border this uniform counts as gutter without further evidence. */
const sureShare = 0.35;

/** A smaller share of the page is not its only panel. */
const leastOfPage = 0.4;

/** With this share of a page outside of all panels in another colour than the ground, a picture was not found. */
const mostOutside = 0.04;

/** Colours farther apart are two. */
const otherColour = 60;

/** Overlap from which two boxes are the same panel. */
const samePanel = 0.7;

/** Gutter between insets and art that fills the page. */
const paper: GutterColour = { colour: white, share: 1, tolerance: 24 };

/** A panel with a shorter side below this share of the page's has no room for a picture. */
const sliver = 0.1;

/** Divides a page or a scene, with the doubts about its panels as a whole. */
export function examined(
  page: Raster,
  rulesOf: (page: Raster) => GutterRules,
  { panels, beside, ...found }: DividedPage = dividedPage(page, rulesOf(page)),
): FoundPanels {
  const thinnest = Math.min(...panels.map(({ w, h }) => Math.min(w, h)));
  const differs = differsAtOtherScales(page, beside, (other) => searched(other, rulesOf(other)).beside);
  return {
    panels,
    undivided: found.undivided(),
    doubts: {
      ...found.doubts(),
      ...(thinnest < sliver * Math.min(page.width, page.height) && { sliver: likely }),
      ...(differs && { scale: likely }),
      ...(hasSeam(page, panels, leastOfPicture(page)) && { seam: likely }),
    },
  };
}

/** Panels of a page. What makes them doubtful is measured on request. */
export interface DividedPage {
  panels: Box[];
  /** Those that are not on others. */
  beside: Box[];
  undivided(): boolean;
  doubts(): Doubts;
}

export function dividedPage(page: Raster, rules: GutterRules): DividedPage {
  const { beside, completed } = searched(page, rules);
  return { beside, ...completed() };
}

/** A search whose panels on others are found on request, since most divisions are only compared. */
interface Searched {
  beside: Box[];
  completed(): Omit<DividedPage, 'beside'>;
}

function searched(given: Raster, rules: GutterRules): Searched {
  const side = Math.min(given.width, given.height);
  const depth = Math.max(2, Math.round(side * 0.012));
  const page = withEvenGround(given, depth);
  const around = borderColour(page, depth);
  const isSure = around.share >= sureShare;
  const margin = isSure ? null : marginColour(page, depth);
  const border = margin ?? around;
  const division = isSure || margin ? divide(page, border, rules) : null;
  const framed = division && believed(page, division);
  const bleeding = bleedingPanels(page, rules);
  const found = bleeding.length > Math.max(1, framed?.panels.length ?? 0) ? divisionInto(bleeding) : framed;
  const sheet = isSure && (found?.panels.length ?? 0) < 2 ? findSheet(page, border) : null;
  const upon = sheet && divide(sheet.raster, borderColour(sheet.raster, 3), rules);
  if (sheet && upon && upon.panels.length > 1) {
    const panels = upon.panels.map((box) => moved(box, sheet.at));
    const completed = () => ({ panels, undivided: () => false, doubts: () => doubtsOf(upon) });
    return { beside: panels, completed };
  }
  const gutters = isSure && difference(border.colour, white) <= 60 ? [border] : [border, paper];
  const least = leastOfPicture(page);
  let lines: Ruled | null = null;
  const ruled = () => {
    lines ??= ruledLines(page, least);
    return lines;
  };
  const beside = (found?.panels ?? [wholeOf(page)])
    .flatMap((box) =>
      found === framed && !isBig(page, box) ? [box] : panelsInside(page, box, rules, division && border),
    )
    .flatMap((box) => (isBig(page, box) ? dividedAtLines(page, box, ruled(), least) : [box]));
  const looksDivided = () => {
    if (!isSure || page !== given) return fallsApartAtRows(given, depth / 2);
    const speck = speckOf(side);
    return fallsApart(foreground(groundOf(sameColour(page, border), speck), speck).art, rules.wide / 2);
  };
  const completed = () => {
    const ringed = beside.flatMap((box) => [
      box,
      ...(isBig(page, box) ? gutters.flatMap((gutter) => insetsIn(page, box, gutter)) : []),
    ]);
    const placed = framedInsets(page, ruled(), ringed, gutters.filter(isLight));
    const atNight = litInsets(page, [...ringed, ...placed.insets], gutters);
    const panels = [...ringed, ...placed.insets, ...atNight.insets];
    const undivided = () =>
      panels.length === 1 &&
      (((!found || found.panels.every((panel) => isWithinMargins(page, panel, depth))) && looksDivided()) ||
        hasPanelsSeenOtherwise(given, depth));
    const doubts = () => {
      const divided = found ?? (division?.panels.length === 0 ? division : null);
      const isMissing = (box: Box) => panels.every((panel) => iou(panel, box) < samePanel);
      const unsure =
        placed.unsure ||
        atNight.unsure ||
        divided?.apart.some(isMissing) ||
        possibleInsets(page, panels).some(isMissing);
      const others = Math.min(1, otherColoursOutside(page, panels) / mostOutside);
      const { outside = 0, ...own } = doubtsOf(divided);
      return { ...own, outside: Math.max(outside, others), ...(unsure && { inset: likely }) };
    };
    return { panels, undivided, doubts };
  };
  return { beside, completed };
}

/** Finds panels on dark ones, whose frames are hardly darker than the art around them. */
function litInsets(page: Raster, panels: readonly Box[], gutters: readonly GutterColour[]): Insets {
  const raster = lit(page, panels);
  if (!raster) return { insets: [], unsure: false };
  return framedInsets(raster, ruledLines(raster, leastOfPicture(page)), panels, gutters.filter(isLight));
}

const doubtsOf = (division: Division | null): Doubts => ({
  ...(division?.unfinished && { unfinished: 1 }),
  ...(division && { outside: division.outside() }),
});

/** Returns the division of a page into panels that cover it but for their gutters. */
const divisionInto = (panels: Box[]): Division => ({
  panels,
  unfinished: false,
  outside: () => 0,
  apart: [],
});

/** Rejects a single panel on a page that is mostly ground: it is a part of a picture. */
function believed(page: Raster, division: Division): Division | null {
  const [only, ...others] = division.panels;
  if (!only) return null;
  const isPart = others.length === 0 && only.w * only.h < page.width * page.height * leastOfPage;
  return isPart ? null : division;
}

/** Returns whether a panel has a margin on all sides: in one that reaches the page's edge, what looks like ground is a part of it. */
const isWithinMargins = ({ width, height }: Raster, { x, y, w, h }: Box, margin: number): boolean =>
  Math.min(x, y, width - x - w, height - y - h) >= margin;

const isBig = (page: Raster, { w, h }: Box) => w * h >= page.width * page.height * 0.25;

/**
 * Divides a box at gutters of another colour: black gutters inside a white margin, or frames that share a line. Only
 * nearly clean gutters with two edges count, since a night sky is black as well, and none in the colour of the page's gutters: these were found
 * before, and white inside of a frame is a cloud or a wall.
 * @param around gutters of the page, at which lines inside of a frame end; null where they are not known
 */
function panelsInside(page: Raster, box: Box, rules: GutterRules, around: GutterColour | null): Box[] {
  const part = crop(page, box);
  const ring = borderColour(part, 2);
  const colours: GutterColour[] = [];
  if (ring.share >= 0.5) colours.push(ring);
  for (const colour of [white, black]) {
    if (colours.every((known) => difference(known.colour, colour) > otherColour))
      colours.push({ colour, share: 0, tolerance: 40 });
  }
  const strict = strictly(rules);
  for (const colour of colours) {
    if (around && difference(colour.colour, around.colour) <= otherColour) continue;
    const { panels: inner, unfinished } = divide(part, colour, strict);
    if (unfinished) continue;
    const area = inner.reduce((sum, b) => sum + b.w * b.h, 0);
    if (inner.length < 2 || area < box.w * box.h * 0.6) continue;
    const parts = inner.map((b) => moved(b, box));
    if (!around || linesEndAtFrame(page, box, parts, around)) return parts;
  }
  return [box];
}
