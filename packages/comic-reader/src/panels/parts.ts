import type { Mask } from '../image/raster.ts';
import { bestCut, type Cut } from './cut.ts';
import type { GutterRules } from './gutter-rules.ts';
import type { Plane } from './plane.ts';
import { clip, columnsOf, type Region, regionOf, turned } from './region.ts';

/** Most undivided parts in the queue: a page with more is a texture, not a layout. */
const mostParts = 60;

/** A view of the page, and the rules for gutters in it. */
export interface View {
  planes: readonly [across: Plane, down: Plane];
  rules: GutterRules;
}

/**
 * Divides a page at its gutters until none is left.
 * @param art regions are judged without their empty margins
 * @param views in order: a region is cut in the first view in which it has a gutter
 */
export function partsOf(art: Mask, views: readonly View[]): Region[] {
  const open: Region[] = [regionOf({ x: 0, y: 0, w: art.width, h: art.height })];
  const parts: Region[] = [];
  for (let region = open.pop(); region; region = open.pop()) {
    const tight = tighten(art, region);
    if (!tight) continue;
    const { cut, lying } = cutOf(tight, views);
    if (!cut || open.length > mostParts) {
      parts.push(region);
      continue;
    }
    // The parts keep their margins, which can contain lettering.
    const [before, after] = (['above', 'below'] as const).map((part) =>
      lying ? clip(region, cut.line, part) : turned(clip(turned(region), cut.line, part)),
    ) as [Region, Region];
    open.push(before, after);
  }
  return parts;
}

/** Returns the gutter at which a region is cut, or null. */
function cutOf(region: Region, views: readonly View[]): { cut: Cut | null; lying: boolean } {
  for (const { planes, rules } of views) {
    const [across, down] = planes;
    const row = bestCut(across, down.edges, region, rules);
    const column = bestCut(down, across.edges, turned(region), rules);
    const cut = row.rank >= column.rank ? row : column;
    if (cut.score >= rules.explained) return { cut, lying: cut === row };
  }
  return { cut: null, lying: false };
}

/** Returns the region without its empty margin; null if it is empty. */
export function tighten(mask: Mask, region: Region): Region | null {
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
