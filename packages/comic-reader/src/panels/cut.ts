import { cleanBand } from './clean-band.ts';
import { candidates, type Work } from './gutter-candidates.ts';
import type { GutterRules } from './gutter-rules.ts';
import { judge } from './judge-gutter.ts';
import type { Plane } from './plane.ts';
import { type Columns, columnsOf, type Line, type Region, yOf } from './region.ts';
import type { StraightEdge } from './straight-edges.ts';

/** A gutter: its line, and how well the art beside it explains it, 0 to 1. */
export interface Cut {
  line: Line;
  score: number;
  /** The score, less the hidden share: of two gutters that cross, the whole one is cut first. */
  rank: number;
}

/** Score of a clean band without edges at its sides: that of one side. */
const cleanScore = 0.6;

/** Loss of rank for the hidden share: a half hidden gutter comes after a whole one with an uneven side. */
const hiddenCost = 0.5;

/**
 * Returns the best gutter across a region; its score is 0 if nothing looks like one.
 * @param standing edges of the other direction, which a gutter never crosses
 */
export function bestCut(
  plane: Plane,
  standing: readonly StraightEdge[],
  region: Region,
  rules: GutterRules,
  work: Work,
): Cut {
  const columns = columnsOf(region);
  let best: Cut = { line: { at: 0, slope: 0 }, score: 0, rank: -1 };
  for (const line of candidates(plane, columns, rules, work)) {
    work.left -= standing.length + columns.top.length;
    if (standing.some((edge) => crosses(edge, line, columns, rules))) continue;
    const { score, hidden } = judge(plane, columns, line, rules);
    // Doubtful ones are ranked by their score, since only that decides whether they are cut.
    const rank = score < rules.explained ? score - 1 : score - hiddenCost * hidden;
    if (rank > best.rank) best = { line, score, rank };
  }
  const clean = cleanBand(plane, columns, rules);
  return clean && cleanScore > best.rank ? { line: clean, score: cleanScore, rank: cleanScore } : best;
}

/**
 * Returns whether a frame's side continues on both sides of a line, so that the line would cut it in two. A side without room
 * for a panel behind it belongs to the region beside.
 */
function crosses(
  edge: StraightEdge,
  line: Line,
  { from, top, bottom }: Columns,
  { run, smallest }: GutterRules,
): boolean {
  const y = (line.at + line.slope * edge.at) / (1 - line.slope * edge.slope);
  const column = Math.round(yOf(edge, y)) - from;
  const isInside = (at: number) => y > (top[at] ?? Number.POSITIVE_INFINITY) && y < (bottom[at] ?? 0);
  if (!isInside(column) || !isInside(column + (edge.kind === 'ends' ? -smallest : smallest))) return false;
  return edge.seen.some(([a, b]) => a <= y - run && b >= y + run);
}
