import { crop, iou, type Raster } from '../image/raster.ts';
import type { Box, PanelDoubt } from '../page/page.ts';
import { withoutBars } from './bars.ts';
import { bleedingPanels } from './bleeding-panels.ts';
import { type Division, divide } from './divide.ts';
import { linesEndAtFrame } from './ends-at-frame.ts';
import { withEvenGround } from './even-ground.ts';
import { fallsApart, fallsApartAtRows } from './falls-apart.ts';
import { withoutFold } from './fold.ts';
import { foreground, groundOf, speckOf } from './foreground.ts';
import { framedInsets, type Insets, leastOfPicture } from './framed-insets.ts';
import { partsByGround } from './grounds.ts';
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
import { type GutterRules, rulesFor, strictly } from './gutter-rules.ts';
import { insetsIn, possibleInsets } from './inset.ts';
import { withoutJoins } from './joined-scenes.ts';
import { lit } from './lit.ts';
import { differsAtOtherScales } from './other-scales.ts';
import { otherColoursOutside } from './outside-panels.ts';
import { type Ruled, ruledLines } from './rectangles.ts';
import { withoutScanEdges } from './scan-edges.ts';
import { hasSeam } from './seams.ts';
import { hasPanelsSeenOtherwise } from './seen-otherwise.ts';
import { dividedAtLines } from './shared-lines.ts';
import { findSheet } from './sheet.ts';
import { isSpeechAlone } from './speech-alone.ts';
import { filled, hasOwnGround, isStrip, scenes } from './strip.ts';

/** A border this uniform counts as gutter without further evidence. */
const sureShare = 0.35;

/** A smaller share of the page is not its only panel. */
const leastOfPage = 0.4;

/** With this share of a page outside of all panels in another colour than the ground, a picture was not found. */
const mostOutside = 0.04;

/** Colours farther apart are two. */
const otherColour = 60;

/** Share of the part of a page with one ground that a panel on it does not cover: there are margins around it. */
const mostOfGround = 0.95;

/** Overlap from which two boxes are the same panel. */
const samePanel = 0.7;

/** Gutter between insets and art that fills the page. */
const paper: GutterColour = { colour: white, share: 1, tolerance: 24 };

/** A part of a strip with a smaller share of art is lettering between the scenes. */
const sceneFilled = 0.15;

/** Height of the ground that is kept around a scene, as a share of the strip's width: less than half of the narrowest between scenes. */
const groundAround = 0.02;

/** Doubt about a page on which something is more likely wrong than not. */
const likely = 0.6;

/** A panel with a shorter side below this share of the page's has no room for a picture. */
const sliver = 0.1;

/** Panels of a page, and how reliable they are. */
export interface FoundPanels {
  /** In the raster's pixels, in no particular order; at least one. */
  panels: Box[];
  /** The whole page is one panel because no frame was found, although ground or rows of one colour separate the art on it. */
  undivided: boolean;
  doubts: Doubts;
}

/** Likelihood that the panels are wrong, from 0 to 1, for each reason. */
type Doubts = Partial<Record<PanelDoubt, number>>;

/**
 * Finds the panels of a page. A page whose art is not divided is one panel.
 * @param page RGB, about 1000 pixels on its longer side
 */
export function findPanels(given: Raster): FoundPanels {
  if (isStrip(given)) return panelsOfStrip(given);
  const { page: cleared, unsure } = withoutBars(withoutScanEdges(given));
  const page = withoutFold(cleared);
  const found = onSeveralGrounds(page) ?? examined(page, rulesFor);
  return { ...found, doubts: { ...found.doubts, ...(unsure && { sliver: likely }) } };
}

/** Finds the panels on each ground of a page with several; null if it has one, or a part of it is not divided. */
function onSeveralGrounds(page: Raster): FoundPanels | null {
  const parts = partsByGround(page);
  if (parts.length < 2) return null;
  // A part is as wide as the page; its gutters are those of the whole page.
  const rulesOf = ({ width }: Raster) => rulesFor({ width, height: (width * page.height) / page.width });
  const found = parts.map((part) => examined(crop(page, part), rulesOf));
  const isDivided = ({ panels }: FoundPanels, i: number) =>
    panels.every(({ w, h }) => w * h < mostOfGround * (parts[i] as Box).w * (parts[i] as Box).h);
  if (!found.every(isDivided)) return null;
  return {
    panels: found.flatMap(({ panels }, i) => panels.map((box) => moved(box, parts[i] as Box))),
    undivided: found.some(({ undivided }) => undivided),
    doubts: found.map(({ doubts }) => doubts).reduce(largest),
  };
}

function panelsOfStrip(given: Raster): FoundPanels {
  const { page, unsure } = withoutJoins(given);
  const parts = scenes(page);
  const own = new Set(parts.filter((part) => hasOwnGround(page, part)));
  const drawn = parts.filter(
    (part) => own.has(part) || (filled(page, part) >= sceneFilled && !isSpeechAlone(page, part)),
  );
  const all: Doubts[] = [];
  const panels = (drawn.length > 0 ? drawn : parts).flatMap((part) => {
    // Its ground belongs to a picture, and does not separate panels.
    if (own.has(part)) return [part];
    const around = withGroundAround(page, part);
    const scene = crop(page, around);
    const divided = dividedPage(scene, rulesOfScene(scene));
    const panels = divided.panels.filter((box) => !isSpeechAlone(page, moved(box, around)));
    const inside = { ...divided, panels };
    // One picture keeps its whole height: the strip's ground was cut off before, so an even sky above it belongs to it.
    const [only] = panels;
    if (only && panels.length === 1) return [{ ...part, x: part.x + only.x, w: only.w }];
    all.push(examined(scene, rulesOfScene, inside).doubts);
    return panels.map((b) => moved(b, around));
  });
  const doubts = all.reduce(largest, unsure ? { outside: likely } : {});
  return panels.length > 0
    ? { panels, undivided: false, doubts }
    : { panels: [wholeOf(page)], undivided: true, doubts };
}

/** Returns a scene of a strip with some of the ground above and below, which shows what separates its panels. */
function withGroundAround({ width, height }: Raster, { x, y, w, h }: Box): Box {
  const more = Math.round(groundAround * width);
  const top = Math.max(0, y - more);
  return { x, y: top, w, h: Math.min(height, y + h + more) - top };
}

/** Returns the larger doubt for each reason. */
const largest = (one: Doubts, other: Doubts): Doubts =>
  Object.fromEntries(
    [...Object.entries(one), ...Object.entries(other)].sort(([, a], [, b]) => a - b),
  ) as Doubts;

/** Returns the rules for a scene of a strip, by its width: it can have any height. */
const rulesOfScene = ({ width }: Raster): GutterRules => rulesFor({ width, height: width });

/** Divides a page or a scene, with the doubts about its panels as a whole. */
function examined(
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

const wholeOf = ({ width, height }: Raster): Box => ({ x: 0, y: 0, w: width, h: height });

const moved = (box: Box, by: Box): Box => ({ ...box, x: box.x + by.x, y: box.y + by.y });

/** Panels of a page. What makes them doubtful is measured on request. */
interface DividedPage {
  panels: Box[];
  /** Those that are not on others. */
  beside: Box[];
  undivided(): boolean;
  doubts(): Doubts;
}

function dividedPage(page: Raster, rules: GutterRules): DividedPage {
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
