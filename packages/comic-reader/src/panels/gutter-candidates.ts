import { peakOf } from '../image/commonest.ts';
import type { GutterRules } from './gutter-rules.ts';
import { inkAbove, inkBelow, type Plane } from './plane.ts';
import { type Columns, type Line, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** Least visible share of an edge: a shorter one is a line within the art. */
const leastSeen = 0.15;

/** Comparisons of a column or an edge that can still be made. */
export interface Work {
  left: number;
}

/** Yields the middles of possible gutters beside straight edges, until no work is left. */
export function* candidates(plane: Plane, columns: Columns, rules: GutterRules, work: Work): Generator<Line> {
  const tried = new Set<string>();
  const wide = columns.top.length;
  for (const edge of plane.edges) {
    if (work.left-- <= 0) return;
    if (Math.abs(edge.slope) > rules.lean || seenIn(edge, columns) < leastSeen * wide) continue;
    work.left -= wide;
    const middle = middleBeside(plane, columns, edge, rules);
    if (!middle) continue;
    const key = [middle.from, middle.to].map(Math.round).join();
    if (tried.has(key)) continue;
    tried.add(key);
    yield middle.line;
  }
}

/** Returns in how many of a region's columns an edge was seen inside it. */
function seenIn(edge: StraightEdge, { from, top, bottom }: Columns): number {
  let seen = 0;
  for (const [a, b] of edge.seen) {
    const [first, last] = [Math.max(a, from), Math.min(b, from + top.length)];
    if (last <= first) continue;
    const column = ((first + last) >> 1) - from;
    const y = yOf(edge, from + column);
    if (y > (top[column] as number) && y < (bottom[column] as number)) seen += last - first;
  }
  return seen;
}

/** Returns the middle between an edge and what is most often opposite it. */
function middleBeside(plane: Plane, columns: Columns, edge: StraightEdge, rules: GutterRules) {
  const { from, top, bottom } = columns;
  const away = edge.kind === 'ends' ? 1 : -1;
  const across = new Uint32Array(rules.thickest);
  for (let column = 0; column < top.length; column++) {
    const y = Math.round(yOf(edge, from + column) + away);
    if (y < (top[column] as number) || y >= (bottom[column] as number)) continue;
    const limit = away > 0 ? (bottom[column] as number) - y : y - (top[column] as number) + 1;
    const most = Math.min(across.length, limit) - 1;
    const distance = (away > 0 ? inkBelow : inkAbove)(plane, from + column, y, most);
    if (distance > 0 && distance <= most) across[distance] = (across[distance] as number) + 1;
  }
  const opposite = peakOf(across);
  const thickness = opposite.at + 1;
  if (opposite.count > 0 && thickness < rules.thin) return null;
  const half = opposite.count > 0 ? thickness / 2 : rules.thin;
  const line = { slope: edge.slope, at: edge.at + away * Math.max(0, half - 0.5) };
  return { line, from: yOf(line, from), to: yOf(line, from + top.length) };
}
