import type { Box } from '../page/page.ts';

type Point = readonly [x: number, y: number];

/** A convex part of a raster, by its corners in order: straight and slanted cuts leave such parts. */
export type Region = readonly Point[];

/** A horizontal or slanted line: `y = at + slope * x`. A vertical one is a line of the transposed raster. */
export interface Line {
  at: number;
  slope: number;
}

export const regionOf = ({ x, y, w, h }: Box): Region => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

/** Swaps rows and columns. */
export const turned = (region: Region): Region => region.map(([x, y]) => [y, x]);

export const yOf = ({ at, slope }: Line, x: number) => at + slope * x;

/** Returns the part of a region above or below a line. */
export function clip(region: Region, line: Line, side: 'above' | 'below'): Region {
  const sign = side === 'above' ? 1 : -1;
  const depth = ([x, y]: Point) => sign * (yOf(line, x) - y);
  return region.flatMap((from, i) => {
    const to = region[(i + 1) % region.length] as Point;
    const [a, b] = [depth(from), depth(to)];
    const kept: Point[] = a >= 0 ? [from] : [];
    if (a >= 0 !== b >= 0) {
      const share = a / (a - b);
      kept.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
    return kept;
  });
}

/** Returns the smallest box of whole pixels around a region; null if it contains no pixel. */
export function boundsOf(region: Region): Box | null {
  if (region.length < 3) return null;
  const xs = region.map(([x]) => x);
  const ys = region.map(([, y]) => y);
  const [x, y] = [Math.round(Math.min(...xs)), Math.round(Math.min(...ys))];
  const [w, h] = [Math.round(Math.max(...xs)) - x, Math.round(Math.max(...ys)) - y];
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}

/** The rows of a region, column by column; `bottom` is exclusive, and the first column is `from`. */
export interface Columns {
  from: number;
  top: Int32Array;
  bottom: Int32Array;
}

export function columnsOf(region: Region): Columns {
  const box = boundsOf(region) ?? { x: 0, y: 0, w: 0, h: 0 };
  const top = new Int32Array(box.w).fill(2 ** 30);
  const bottom = new Int32Array(box.w);
  for (let i = 0; i < region.length; i++) {
    const [a, b] = [region[i] as Point, region[(i + 1) % region.length] as Point];
    const [left, right] = a[0] < b[0] ? [a, b] : [b, a];
    if (right[0] - left[0] < 1e-6) continue;
    const slope = (right[1] - left[1]) / (right[0] - left[0]);
    const last = Math.min(box.w - 1, Math.ceil(right[0] - box.x - 0.5));
    for (let column = Math.max(0, Math.floor(left[0] - box.x - 0.5)); column <= last; column++) {
      const x = Math.min(right[0], Math.max(left[0], box.x + column + 0.5));
      const y = Math.round(left[1] + slope * (x - left[0]));
      if (y < (top[column] as number)) top[column] = y;
      if (y > (bottom[column] as number)) bottom[column] = y;
    }
  }
  return { from: box.x, top, bottom };
}
