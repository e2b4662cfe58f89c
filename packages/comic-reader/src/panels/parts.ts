import type { Mask } from '../image/raster.ts';
import { bestCut, type Cut } from './cut.ts';
import type { Work } from './gutter-candidates.ts';
import type { GutterRules } from './gutter-rules.ts';
import type { Plane } from './plane.ts';
import { clip, columnsOf, type Region, regionOf, turned } from './region.ts';

/** Most parts of a page: one with more is a texture, not a layout. */
const mostParts = 60;
/** Most comparisons in the search for gutters, per pixel of the page: four times as many as on any page that was looked at. */
const mostWork = 1;

/** A view of the page, and the rules for gutters in it. */
export interface View {
  planes: readonly [across: Plane, down: Plane];
  rules: GutterRules;
}

/** Parts of a page. */
export interface Parts {
  parts: Region[];
  /** There are more gutters than a layout has, or lines that could be gutters, so that some were not judged. */
  unfinished: boolean;
}

/**
 * Divides a page at its gutters until none is left.
 * @param art regions are judged without their empty margins
 * @param views in order: a region is cut in the first view in which it has a gutter
 */
export function partsOf(art: Mask, views: readonly View[]): Parts {
  const open: Region[] = [regionOf({ x: 0, y: 0, w: art.width, h: art.height })];
  const parts: Region[] = [];
  const work: Work = { left: mostWork * art.width * art.height };
  let unfinished = false;
  for (let region = open.pop(); region; region = open.pop()) {
    const tight = tighten(art, region);
    if (!tight) continue;
    unfinished ||= work.left <= 0 || parts.length + open.length > mostParts;
    const { cut, lying } = unfinished ? { cut: null, lying: false } : cutOf(tight, views, work);
    if (!cut) {
      parts.push(region);
      continue;
    }
    // The parts keep their margins, which can contain lettering.
    const [before, after] = (['above', 'below'] as const).map((part) =>
      lying ? clip(region, cut.line, part) : turned(clip(turned(region), cut.line, part)),
    ) as [Region, Region];
    open.push(before, after);
  }
  return { parts, unfinished: unfinished || work.left <= 0 };
}

/** Returns the gutter at which a region is cut, or null. */
function cutOf(region: Region, views: readonly View[], work: Work): { cut: Cut | null; lying: boolean } {
  for (const { planes, rules } of views) {
    const [across, down] = planes;
    const row = bestCut(across, down.edges, region, rules, work);
    const column = bestCut(down, across.edges, turned(region), rules, work);
    const cut = row.rank >= column.rank ? row : column;
    if (cut.score >= rules.explained) return { cut, lying: cut === row };
  }
  return { cut: null, lying: false };
}

/** Returns the region without its empty margin; null if it is empty. */
export function tighten(mask: Mask, region: Region): Region | null {
  const { from, top, bottom } = columnsOf(region);
  if (top.length === 0) return null;
  const first = top.reduce((a, b) => Math.min(a, b));
  const last = bottom.reduce((a, b) => Math.max(a, b));
  let x = mask.width;
  let y = mask.height;
  let right = 0;
  let low = 0;
  const isDrawn = (row: number, column: number) =>
    mask.data[row * mask.width + from + column] === 1 &&
    row >= (top[column] as number) &&
    row < (bottom[column] as number);
  for (let row = first; row < last; row++) {
    let left = 0;
    let end = top.length;
    while (left < end && !isDrawn(row, left)) left++;
    if (left === end) continue;
    while (!isDrawn(row, end - 1)) end--;
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
