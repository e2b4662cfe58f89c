import type { Box } from '../../domain/page.ts';
import type { Mask } from './raster.ts';

/**
 * A convex part of a raster as one span of columns per row: row `top + i` holds columns `left[i]` up to, without,
 * `right[i]`. Straight and slanted cuts both leave such regions.
 */
export interface Region {
  top: number;
  left: Int32Array;
  right: Int32Array;
}

/** A straight line across a region: `x = at + slope * (y - top)` or, lying, `y = at + slope * (x - originX)`. */
export interface Line {
  lying: boolean;
  at: number;
  slope: number;
  /** Where `at` is measured: the row for standing lines, the column for lying ones. */
  origin: number;
}

export function regionOf({ x, y, w, h }: Box): Region {
  return { top: y, left: new Int32Array(h).fill(x), right: new Int32Array(h).fill(x + w) };
}

/** The region's bounding box, or null when it holds no pixel. */
export function boundsOf({ top, left, right }: Region): Box | null {
  let first = -1;
  let last = -1;
  let x = Number.MAX_SAFE_INTEGER;
  let end = 0;
  for (let i = 0; i < left.length; i++) {
    if ((right[i] as number) <= (left[i] as number)) continue;
    if (first < 0) first = i;
    last = i;
    x = Math.min(x, left[i] as number);
    end = Math.max(end, right[i] as number);
  }
  return first < 0 ? null : { x, y: top + first, w: end - x, h: last - first + 1 };
}

/** Splits along a line into the part above or left of it and the rest. */
export function split(region: Region, line: Line): [Region, Region] {
  const { top, left, right } = region;
  const before: Region = { top, left: left.slice(), right: right.slice() };
  const after: Region = { top, left: left.slice(), right: right.slice() };
  for (let i = 0; i < left.length; i++) {
    const y = top + i;
    if (!line.lying) {
      const x = Math.round(line.at + line.slope * (y - line.origin));
      before.right[i] = Math.min(right[i] as number, x);
      after.left[i] = Math.max(left[i] as number, x);
    } else if (line.slope === 0) {
      if (y < line.at) after.right[i] = left[i] as number;
      else before.right[i] = left[i] as number;
    } else {
      // Above the line means y < at + slope * (x - origin): right of the crossing when it falls, left when it rises.
      const x = Math.round(line.origin + (y - line.at) / line.slope);
      if (line.slope > 0) {
        before.left[i] = Math.max(left[i] as number, x);
        after.right[i] = Math.min(right[i] as number, x);
      } else {
        before.right[i] = Math.min(right[i] as number, x);
        after.left[i] = Math.max(left[i] as number, x);
      }
    }
  }
  return [before, after];
}

/** Copies the region's part of a mask; everything else is 0. */
export function within(mask: Mask, region: Region, box: Box): Mask {
  const data = new Uint8Array(box.w * box.h);
  for (let y = 0; y < box.h; y++) {
    const i = box.y + y - region.top;
    const from = Math.max(box.x, region.left[i] as number);
    const to = Math.min(box.x + box.w, region.right[i] as number);
    for (let x = from; x < to; x++)
      data[y * box.w + x - box.x] = mask.data[(box.y + y) * mask.width + x] as number;
  }
  return { width: box.w, height: box.h, data };
}
