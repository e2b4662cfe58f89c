import type { GutterRules } from './gutter-rules.ts';
import { indexIn, type Plane } from './plane.ts';
import { type Columns, type Line, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** Least share of one side of a band at which art ends along straight lines: above and below a white cloud it does not. */
const leastStraight = 0.3;

/** Returns the middle of the widest band without art from one side of the region to the other, at which art ends along a straight line. */
export function cleanBand(plane: Plane, columns: Columns, rules: GutterRules): Line | null {
  const { from, top, bottom } = columns;
  const [first, last] = [Math.min(...top), Math.max(...bottom)];
  let best: { at: number; thickness: number } | null = null;
  let start = -1;
  for (let y = first; y <= last; y++) {
    const clean = y < last && isClean(plane, from, top, bottom, y);
    if (clean && start < 0) start = y;
    if (clean || start < 0) continue;
    const [thickness, middle, above] = [y - start, (start + y) / 2, start];
    start = -1;
    const fits = Math.min(middle - first, last - middle) >= rules.smallest;
    if (thickness < rules.wide || !fits || thickness <= (best?.thickness ?? 0)) continue;
    const straight = Math.max(
      straightAlong(plane, columns, { kind: 'ends', row: above }, rules),
      straightAlong(plane, columns, { kind: 'begins', row: y }, rules),
    );
    if (straight >= leastStraight) best = { at: middle, thickness };
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

/** Returns the share of columns in which a straight edge is near a row. */
function straightAlong(
  { edges }: Plane,
  { from, top }: Columns,
  { kind, row }: { kind: StraightEdge['kind']; row: number },
  { smallest }: GutterRules,
): number {
  const near = new Uint8Array(top.length);
  for (const edge of edges) {
    if (edge.kind !== kind) continue;
    for (const [a, b] of edge.seen) {
      const [first, last] = [Math.max(a, from), Math.min(b, from + top.length)];
      if (last > first && Math.abs(yOf(edge, (first + last) / 2) - row) <= smallest)
        near.fill(1, first - from, last - from);
    }
  }
  return near.reduce((sum, isNear) => sum + isNear, 0) / top.length;
}
