import type { GutterRules } from './gutter-rules.ts';
import type { Judged } from './judge-gutter.ts';
import { indexIn, inkAbove, inkBelow, none, type Plane } from './plane.ts';
import { type Columns, type Line, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** A possible gutter across a region. */
export interface Crossed {
  plane: Plane;
  columns: Columns;
  line: Line;
  rules: GutterRules;
}

/** Largest share of a region that sticks out of its frame. */
const sticksOut = 1 / 3;

/**
 * Returns whether an edge is where the art of a region ends. There a person in front of a gutter can be cut off together with the
 * panels at its sides, so that their frames look like one.
 */
export function isAtEnd({ at, kind }: StraightEdge, { from, top }: Columns): boolean {
  const beyond = kind === 'ends' ? from + top.length - at : at - from;
  return beyond <= sticksOut * top.length;
}

/** Largest distance of a corner from the sides of the gutter that turns there. */
const cornerAway = 3;
const even = 2;

/**
 * Returns whether a gutter turns at an edge: the edge begins at one side of the gutter, crosses it, and runs on beyond its other side.
 * What is behind that edge is one panel, in the shape of an L.
 */
export function isTurn(
  edge: StraightEdge,
  { plane, columns, line, rules }: Crossed,
  judged: Judged,
): boolean {
  const { above, below } = judged;
  const { smallest, run } = rules;
  const y = crossingAt(edge, line);
  const x = Math.round(yOf(edge, y));
  const towards = edge.kind === 'ends' ? 1 : -1;
  if (!isInside(columns, x - towards * smallest, y) || !isInside(columns, x + towards * run, y)) return false;
  const isCorner = (away: number, side: number) =>
    away <= side + cornerAway && away >= Math.max(side - even, side / 2);
  // The gutter's other side runs on to the corner; around a panel on the corner of another there is ground.
  const isClosed = (inkBeside: typeof inkAbove, side: number) => {
    const column = x + 2 * towards;
    return inkBeside(plane, column, Math.round(yOf(line, column)), side + cornerAway) !== none;
  };
  const isSeen = edge.seen.some(
    ([a, b]) =>
      (isCorner(y - a, above) && b >= y + run && isClosed(inkAbove, above)) ||
      (isCorner(b - y, below) && a <= y - run && isClosed(inkBelow, below)),
  );
  if (!isSeen) return false;
  for (let away = 2; away <= run; away++) {
    const column = x + towards * away;
    if (plane.art[indexIn(plane, column, Math.round(yOf(line, column)))]) return false;
  }
  return true;
}

/**
 * Returns whether a frame's side continues on both sides of a line, so that the line would cut it in two: it is seen at the line,
 * and on both sides of it, where balloons can hide it in between. A side without room for a panel behind it belongs to the region beside.
 */
export function crosses(edge: StraightEdge, { columns, line, rules }: Crossed): boolean {
  const { smallest, run } = rules;
  const y = crossingAt(edge, line);
  const x = Math.round(yOf(edge, y));
  const behind = x + (edge.kind === 'ends' ? -smallest : smallest);
  if (!isInside(columns, x, y) || !isInside(columns, behind, y)) return false;
  const isSeen = edge.seen.some(([a, b]) => a <= y - run / 2 && b >= y + run / 2);
  return isSeen && edge.seen.some(([a]) => a <= y - run) && edge.seen.some(([, b]) => b >= y + run);
}

/** Returns the row of a line where an edge of the other direction crosses it. */
const crossingAt = (edge: StraightEdge, line: Line) =>
  (line.at + line.slope * edge.at) / (1 - line.slope * edge.slope);

const isInside = ({ from, top, bottom }: Columns, x: number, y: number) =>
  y > (top[x - from] ?? Number.POSITIVE_INFINITY) && y < (bottom[x - from] ?? 0);
