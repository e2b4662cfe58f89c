import type { GutterRules } from './gutter-rules.ts';
import { indexIn, inkAbove, inkBelow, none, type Plane } from './plane.ts';
import { type Columns, clip, columnsOf, type Line, type Region, turned, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** Share of a side that has to be on one straight edge. */
const frame = 0.5;
/** Weight of places where something sticks out and hides the frame: they are weak evidence against it. */
const hiddenWeight = 0.4;
/** Largest share of ink outside of a frame, if that is higher than a line of letters. */
const sparse = 0.1;
/** Largest share of the region that is cut off: white art contains straight lines. */
const deepestCut = 1 / 3;
const even = 2;

/** A panel, and which of its sides end in a straight edge along most of their length. */
export interface Framed {
  region: Region;
  firm: Firm;
}

export interface Firm {
  top: boolean;
  bottom: boolean;
  left: boolean;
  right: boolean;
}

/** Cuts off what sticks out of a frame: figures, tails of bubbles, sounds, text under it. */
export function framed([across, down]: readonly [Plane, Plane], region: Region, rules: GutterRules): Framed {
  const sides = (plane: Plane, part: Region) => {
    const begins = sideOf(plane, part, 'begins', rules);
    const above = begins ? clip(part, { ...begins, at: begins.at + 1 }, 'below') : part;
    const ends = sideOf(plane, above, 'ends', rules);
    const both = ends ? clip(above, ends, 'above') : above;
    return { region: both, begins: begins !== null, ends: ends !== null };
  };
  // Left and right first: a title above a panel can be longer than the panel is wide.
  const first = sides(down, turned(region));
  const rows = sides(across, turned(first.region));
  const columns = sides(down, turned(rows.region));
  return {
    region: turned(columns.region),
    firm: {
      top: rows.begins,
      bottom: rows.ends,
      left: first.begins || columns.begins,
      right: first.ends || columns.ends,
    },
  };
}

/** Returns the outermost straight edge that bounds a region's art above (`begins`) or below (`ends`), or null. */
function sideOf(plane: Plane, region: Region, kind: 'begins' | 'ends', rules: GutterRules): Line | null {
  const columns = columnsOf(region);
  const height = columns.bottom.reduce((sum, bottom, i) => sum + bottom - (columns.top[i] as number), 0);
  const deepest = (deepestCut * height) / Math.max(1, columns.top.length);
  let best: { line: Line; depth: number } | null = null;
  for (const edge of plane.edges) {
    // Even if as much as possible is hidden, this much of the frame is visible.
    if (edge.kind !== kind || seenAlong(edge, columns) < frame * hiddenWeight * columns.top.length) continue;
    const { share, depth } = alongSide(plane, columns, edge, rules.run);
    if (share < frame || depth > deepest || (best && depth >= best.depth)) continue;
    if (depth <= rules.smallest || drawnOutside(plane, columns, edge) <= sparse) best = { line: edge, depth };
  }
  return best?.line ?? null;
}

/** Returns in how many of a region's columns an edge was seen, at any height: it can be in the row outside. */
function seenAlong({ seen }: StraightEdge, { from, top }: Columns): number {
  const end = from + top.length;
  return seen.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, end) - Math.max(a, from)), 0);
}

/** Returns the share of a region's side that is on an edge, and how far inside the region the edge is. */
function alongSide(plane: Plane, { from, top, bottom }: Columns, edge: StraightEdge, run: number) {
  const begins = edge.kind === 'begins';
  let count = 0;
  let on = 0;
  let hidden = 0;
  let length = 0;
  let depths = 0;
  for (let column = 0; column < top.length; column++) {
    const first = top[column] as number;
    const last = bottom[column] as number;
    if (last <= first) continue;
    count++;
    const y = Math.round(yOf(edge, from + column));
    const depth = Math.max(0, begins ? y + 1 - first : last - y);
    depths += depth;
    let distance = none;
    if (y >= first - 1 && y <= last) {
      // One row further out, since the edge can be blurred.
      const row = Math.min(plane.height - 1, Math.max(0, begins ? y - 1 : y + 1));
      distance = (begins ? inkBelow : inkAbove)(plane, from + column, row, 2 + even);
    }
    if (distance > 0 && distance <= 2 + even) length++;
    else {
      if (distance === 0) hidden++;
      if (length >= run) on += length;
      length = 0;
    }
  }
  if (length >= run) on += length;
  const share = on / Math.max(1, count - (1 - hiddenWeight) * hidden);
  return { share, depth: depths / Math.max(1, count) };
}

/** Returns the share of ink in the part of a region outside of an edge. */
function drawnOutside(plane: Plane, { from, top, bottom }: Columns, edge: StraightEdge): number {
  let [area, drawn] = [0, 0];
  for (let column = 0; column < top.length; column++) {
    const y = Math.round(yOf(edge, from + column));
    const first = edge.kind === 'begins' ? (top[column] as number) : Math.max(y, top[column] as number);
    const last =
      edge.kind === 'begins' ? Math.min(y + 1, bottom[column] as number) : (bottom[column] as number);
    for (let row = first; row < last; row += 2) {
      area++;
      drawn += plane.ink[indexIn(plane, from + column, row)] as number;
    }
  }
  return drawn / Math.max(1, area);
}
