import type { GutterRules } from './gutter-rules.ts';
import { indexIn, type Plane } from './plane.ts';
import type { Columns, Line } from './region.ts';

/** Returns the middle of the widest band without art from one side of the region to the other. */
export function cleanBand(plane: Plane, { from, top, bottom }: Columns, rules: GutterRules): Line | null {
  const [first, last] = [Math.min(...top), Math.max(...bottom)];
  let best: { at: number; thickness: number } | null = null;
  let start = -1;
  for (let y = first; y <= last; y++) {
    const clean = y < last && isClean(plane, from, top, bottom, y);
    if (clean && start < 0) start = y;
    if (clean || start < 0) continue;
    const thickness = y - start;
    const middle = (start + y) / 2;
    const fits = Math.min(middle - first, last - middle) >= rules.smallest;
    if (thickness >= rules.wide && fits && thickness > (best?.thickness ?? 0))
      best = { at: middle, thickness };
    start = -1;
  }
  return best && { at: best.at, slope: 0 };
}

function isClean(plane: Plane, from: number, top: Int32Array, bottom: Int32Array, y: number): boolean {
  const first = indexIn(plane, from, y);
  for (let column = 0; column < top.length; column++) {
    if (y < (top[column] as number) || y >= (bottom[column] as number)) continue;
    if (plane.art[first + column * plane.across]) return false;
  }
  return true;
}
