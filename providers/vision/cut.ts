import { NONE, type Plane } from './plane.ts';
import { type Columns, columnsOf, type Line, type Region, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** How a gutter has to look. Lengths in raster pixels. */
export interface GutterRules {
  /** The least thickness. */
  thin: number;
  /** A perfectly clean gap this thick parts even frameless art. */
  wide: number;
  /** No part is narrower than this. */
  smallest: number;
  /** Panels further apart are not parted by one gutter: there is room for something between them. */
  thickest: number;
  /** Shorter runs of an edge are letters and hatching. */
  run: number;
  /** Steepest lean of a slanted gutter, as change over length. */
  lean: number;
  /** Only clean gutters with art along both sides count: nothing else says that the colour is a gutter's. */
  strict: boolean;
  /** The least share of a gutter that has to be explained by straight edges of art at its sides. */
  explained: number;
}

/** A gutter: where it is, and how well it is explained by what is drawn beside it, 0 to 1. */
export interface Cut {
  line: Line;
  score: number;
  /** The score, less for what lies across: of two gutters that cross the whole one is cut first. */
  rank: number;
}

/** A row of pixels that looks like a gutter without being seen from its sides: nothing is drawn upon it. */
const CLEAN_SCORE = 0.6;

/** What lies across a gutter hides it: it says little against one. */
const HIDDEN_WEIGHT = 0.4;
const HIDDEN_COST = 0.5;
const STRICTLY_HIDDEN = 0.05;

/**
 * Values of a place on a gutter's middle: both edges where they are along the gutter, one and another that is not even
 * (drawn by hand), one and nothing (white art), two that are not even.
 */
const BOTH = 1;
const ONE_UNEVEN = 0.85;
const ONE = 0.6;
const UNEVEN = 0.3;
/** Of a place that no way leads to from the page's edge: the white between bars in a picture looks like a gutter. */
const ENCLOSED = 0.4;

/** A gutter leads from side to side: a bar within a picture ends in the frame's lines, which are at least this thick. */
const CLOSED = 2;
const CLOSED_VALUE = 0.75;
const BARRED_VALUE = 0.5;

/** Edges are this even. */
const EVEN = 2;

/**
 * The best gutter that runs across a region; its score is 0 where nothing looks like one.
 * @param standing edges of the other direction, which no gutter crosses
 */
export function bestCut(
  plane: Plane,
  standing: readonly StraightEdge[],
  region: Region,
  rules: GutterRules,
): Cut {
  const columns = columnsOf(region);
  let best: Cut = { line: { at: 0, slope: 0 }, score: 0, rank: -1 };
  for (const line of candidates(plane, columns, rules)) {
    if (standing.some((edge) => crosses(edge, line, columns, rules.run))) continue;
    const { score, hidden } = judge(plane, columns, line, rules);
    // Doubtful ones are told apart by their score, as only that decides whether they are cut.
    const rank = score < rules.explained ? score - 1 : score - HIDDEN_COST * hidden;
    if (rank > best.rank) best = { line, score, rank };
  }
  const clean = cleanBand(plane, columns, rules);
  return clean && CLEAN_SCORE > best.rank ? { line: clean, score: CLEAN_SCORE, rank: CLEAN_SCORE } : best;
}

/** Middles of the gutters that straight edges begin or end. */
function* candidates(plane: Plane, columns: Columns, rules: GutterRules): Generator<Line> {
  const tried = new Set<string>();
  const wide = columns.top.length;
  for (const edge of plane.edges) {
    if (Math.abs(edge.slope) > rules.lean || seenIn(edge, columns) < 0.15 * wide) continue;
    const middle = middleBeside(plane, columns, edge, rules);
    if (!middle) continue;
    const key = [middle.from, middle.to].map(Math.round).join();
    if (tried.has(key)) continue;
    tried.add(key);
    yield middle.line;
  }
}

/** Whether a frame's side goes on at both sides of a line: what it bounds would be cut in two. */
function crosses(edge: StraightEdge, line: Line, { from, top, bottom }: Columns, run: number): boolean {
  const y = (line.at + line.slope * edge.at) / (1 - line.slope * edge.slope);
  const column = Math.round(yOf(edge, y)) - from;
  if (!(y > (top[column] ?? Number.POSITIVE_INFINITY) && y < (bottom[column] ?? 0))) return false;
  return edge.seen.some(([a, b]) => a <= y - run && b >= y + run);
}

/** How many of a region's columns have seen an edge within it. */
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

/** The middle between an edge and what is most often opposite of it. */
function middleBeside(plane: Plane, columns: Columns, edge: StraightEdge, rules: GutterRules) {
  const { from, top, bottom } = columns;
  const away = edge.kind === 'ends' ? 1 : -1;
  const across = new Uint32Array(rules.thickest);
  for (let column = 0; column < top.length; column++) {
    const y = Math.round(yOf(edge, from + column) + away);
    if (y < (top[column] as number) || y >= (bottom[column] as number)) continue;
    const at = y * plane.width + from + column;
    if (plane.ink[at]) continue;
    const distance = (away > 0 ? plane.inkBelow : plane.inkAbove)[at] as number;
    const limit = away > 0 ? (bottom[column] as number) - y : y - (top[column] as number) + 1;
    if (distance < Math.min(across.length, limit)) across[distance] = (across[distance] as number) + 1;
  }
  const opposite = peakOf(across);
  const thickness = opposite.at + 1;
  if (opposite.count > 0 && thickness < rules.thin) return null;
  const half = opposite.count > 0 ? thickness / 2 : rules.thin;
  const line = { slope: edge.slope, at: edge.at + away * Math.max(0, half - 0.5) };
  return { line, from: yOf(line, from), to: yOf(line, from + top.length) };
}

/** The commonest value, with its neighbours. */
function peakOf(counts: Uint32Array): { at: number; count: number } {
  let peak = { at: 0, count: 0 };
  for (let i = 0; i < counts.length; i++) {
    const count = (counts[i - 1] ?? 0) + 2 * (counts[i] as number) + (counts[i + 1] ?? 0);
    if (count > peak.count) peak = { at: i, count };
  }
  return peak;
}

/** How well straight edges at both sides of a line explain it as a gutter's middle. */
function judge(plane: Plane, { from, top, bottom }: Columns, line: Line, rules: GutterRules): Judged {
  const { width, art, inkAbove, inkBelow } = plane;
  const up: number[] = [];
  const down: number[] = [];
  const open: number[] = [];
  let room = 0;
  for (let column = 0; column < top.length; column++) {
    const y = Math.round(yOf(line, from + column));
    const [first, last] = [top[column] as number, bottom[column] as number];
    if (y <= first || y >= last - 1) continue;
    room += Math.min(y - first, last - y);
    const at = y * width + from + column;
    const above = inkAbove[at] as number;
    const below = inkBelow[at] as number;
    // Beside both panels: nothing to part here.
    if (above > y - first && below >= last - y) continue;
    up.push(above <= Math.min(y - first, rules.thickest) ? above : NONE);
    down.push(below < Math.min(last - y, rules.thickest) ? below : NONE);
    open.push(art[at] ? 0 : 1);
  }
  const count = up.length;
  if (count < 0.5 * top.length || room < rules.smallest * count) return UNLIKE;
  const upper = commonest(up, rules.thickest);
  const lower = commonest(down, rules.thickest);
  if (upper + lower - 1 < rules.thin) return UNLIKE;
  const onUpper = inRuns(up, upper, rules.run);
  const onLower = inRuns(down, lower, rules.run);
  const valueAt = (i: number) => {
    if (onUpper[i] && onLower[i]) return BOTH;
    if (rules.strict) return 0;
    const between = up[i] !== NONE && down[i] !== NONE;
    if (onUpper[i] || onLower[i]) return between ? ONE_UNEVEN : ONE;
    return between ? UNEVEN : 0;
  };
  let [value, hidden] = [0, 0];
  const isHidden = (i: number) => !onUpper[i] && !onLower[i] && !open[i];
  for (let i = 0; i < count; i++) {
    if (isHidden(i)) hidden++;
    else value += valueAt(i) * (open[i] ? 1 : ENCLOSED);
  }
  let [start, end] = [0, 0];
  while (start < count && isHidden(start)) start++;
  while (end < count && isHidden(count - 1 - end)) end++;
  if (rules.strict && hidden > STRICTLY_HIDDEN * count) return UNLIKE;
  const closed = Math.min(start, end) >= CLOSED;
  // No more than lines at both ends: a frame around it, rather than bubbles upon it.
  const barred = closed && Math.max(start, end) <= rules.smallest / 5;
  const score = value / Math.max(1, count - (1 - HIDDEN_WEIGHT) * hidden);
  return {
    score: barred ? score * BARRED_VALUE : closed ? score * CLOSED_VALUE : score,
    hidden: hidden / count,
  };
}

interface Judged {
  score: number;
  /** Share of the line that something lies across. */
  hidden: number;
}

const UNLIKE: Judged = { score: 0, hidden: 1 };

/** The distance that most places have, give or take one. */
function commonest(distances: readonly number[], most: number): number {
  const counts = new Uint32Array(most + 1);
  for (const distance of distances) if (distance <= most) counts[distance] = (counts[distance] as number) + 1;
  return peakOf(counts).at;
}

/** Which places lie at a distance together with their neighbours: letters on a line don't, a frame does. */
function inRuns(distances: readonly number[], wanted: number, least: number): Uint8Array {
  const on = new Uint8Array(distances.length);
  let start = 0;
  for (let i = 0; i <= distances.length; i++) {
    if (i < distances.length && Math.abs((distances[i] as number) - wanted) <= EVEN) continue;
    if (i - start >= least) on.fill(1, start, i);
    start = i + 1;
  }
  return on;
}

/** The middle of the widest band in which nothing is drawn from one side of the region to the other. */
function cleanBand(plane: Plane, { from, top, bottom }: Columns, rules: GutterRules): Line | null {
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

function isClean(
  { width, art }: Plane,
  from: number,
  top: Int32Array,
  bottom: Int32Array,
  y: number,
): boolean {
  for (let column = 0; column < top.length; column++) {
    if (y < (top[column] as number) || y >= (bottom[column] as number)) continue;
    if (art[y * width + from + column]) return false;
  }
  return true;
}
