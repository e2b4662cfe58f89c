import { type Division, divide } from './divide.ts';
import { fallsApart } from './falls-apart.ts';
import {
  BLACK,
  borderColour,
  difference,
  foreground,
  type GutterColour,
  sameColour,
  WHITE,
} from './gutter.ts';
import { type GutterRules, rulesFor, strictly } from './gutter-rules.ts';
import { insetsIn } from './inset.ts';
import type { Box } from './page.ts';
import { crop, type Raster } from './raster.ts';
import { findSheet } from './sheet.ts';
import { filled, hasOwnGround, isStrip, scenes } from './strip.ts';

/** A ring this uniform is taken as gutter without further proof. */
const SURE_SHARE = 0.35;

/** Less of a page than this is not its only panel. */
const LEAST_OF_PAGE = 0.4;

/** What parts insets from art that fills the page. */
const PAPER: GutterColour = { colour: WHITE, share: 1, tolerance: 24 };

/** A part of a strip with a smaller share of drawing than this is lettering between the scenes. */
const SCENE_FILLED = 0.15;

/** Panels of a page, and how far they can be trusted. */
export interface FoundPanels {
  /** In the raster's pixels and no particular order; at least one. */
  panels: Box[];
  /** The whole page is the one panel since no frame was found, although ground separates what is drawn on it. */
  undivided: boolean;
  /** How badly the panels explain the page, from 0 to 1. */
  doubt: number;
}

/**
 * Finds the panels of a page. A page in which nothing parts the art is one panel.
 * @param page RGB, about 1000 pixels on its longer side
 */
export function findPanels(page: Raster): FoundPanels {
  if (!isStrip(page)) return panelsOfPage(page, rulesFor(page));
  const parts = scenes(page);
  const own = new Set(parts.filter((part) => hasOwnGround(page, part)));
  const drawn = parts.filter((part) => own.has(part) || filled(page, part) >= SCENE_FILLED);
  let doubt = 0;
  const panels = (drawn.length > 0 ? drawn : parts).flatMap((part) => {
    // Its own ground is a picture's, and parts no panels.
    if (own.has(part)) return [part];
    const inside = panelsOfPage(crop(page, part), rulesFor({ width: page.width, height: page.width }));
    // One picture keeps its whole height: an even sky above it is not the strip's ground, which was cut off before.
    const [only] = inside.panels;
    if (only && inside.panels.length === 1) return [{ ...part, x: part.x + only.x, w: only.w }];
    doubt = Math.max(doubt, inside.doubt);
    return inside.panels.map((b) => moved(b, part));
  });
  return panels.length > 0
    ? { panels, undivided: false, doubt }
    : { panels: [wholeOf(page)], undivided: true, doubt };
}

const wholeOf = ({ width, height }: Raster): Box => ({ x: 0, y: 0, w: width, h: height });

const moved = (box: Box, by: Box): Box => ({ ...box, x: box.x + by.x, y: box.y + by.y });

function panelsOfPage(page: Raster, rules: GutterRules): FoundPanels {
  const side = Math.min(page.width, page.height);
  const border = borderColour(page, Math.max(2, Math.round(side * 0.012)));
  const isSure = border.share >= SURE_SHARE;
  const found = isSure ? believed(page, divide(page, border, rules)) : null;
  const sheet = isSure && (found?.panels.length ?? 0) < 2 ? findSheet(page, border) : null;
  const upon = sheet && divide(sheet.raster, borderColour(sheet.raster, 3), rules);
  if (sheet && upon && upon.panels.length > 1)
    return { ...upon, panels: upon.panels.map((box) => moved(box, sheet.at)), undivided: false };
  const gutters = isSure && difference(border.colour, WHITE) <= 60 ? [border] : [border, PAPER];
  const outer = found?.panels ?? [wholeOf(page)];
  const panels = outer
    .flatMap((box) => panelsInside(page, box, rules))
    .flatMap((box) => [
      box,
      ...(isBig(page, box) ? gutters.flatMap((gutter) => insetsIn(page, box, gutter)) : []),
    ]);
  const undivided =
    !found &&
    isSure &&
    panels.length === 1 &&
    fallsApart(foreground(sameColour(page, border), side * 0.022).art, rules.wide / 2);
  return { panels, undivided, doubt: found?.doubt ?? 0 };
}

/** One picture on an even ground is a part of a picture when most of the page is that ground. */
function believed(page: Raster, division: Division): Division | null {
  const [only, ...others] = division.panels;
  if (!only) return null;
  const isPart = others.length === 0 && only.w * only.h < page.width * page.height * LEAST_OF_PAGE;
  return isPart ? null : division;
}

const isBig = (page: Raster, { w, h }: Box) => w * h >= page.width * page.height * 0.25;

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
  const strict = strictly(rules);
  for (const colour of colours) {
    const inner = divide(part, colour, strict).panels;
    const area = inner.reduce((sum, b) => sum + b.w * b.h, 0);
    if (inner.length >= 2 && area >= box.w * box.h * 0.6) {
      return inner.map((b) => moved(b, box));
    }
  }
  return [box];
}
