import { cleanBand } from './clean-band.ts';
import { crosses, isAtEnd, isTurn } from './frame-across.ts';
import { candidates, type Work } from './gutter-candidates.ts';
import type { GutterRules } from './gutter-rules.ts';
import { judge } from './judge-gutter.ts';
import type { Plane } from './plane.ts';
import { columnsOf, type Line, type Region } from './region.ts';
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

/** Factor for a gutter whose end a frame seems to cross: others are cut first, since one of them can end there. */
const acrossFrame = 0.1;

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
    const at = { plane, columns, line, rules };
    const crossed = standing.filter((edge) => crosses(edge, at));
    if (crossed.some((edge) => !isAtEnd(edge, columns))) continue;
    const judged = judge(plane, columns, line, rules);
    if (crossed.some((edge) => !judged.mouth[edge.kind === 'ends' ? 'first' : 'last'])) continue;
    const { score, hidden } = judged;
    if (score >= rules.explained && standing.some((edge) => isTurn(edge, at, judged))) continue;
    // Doubtful ones are ranked by their score, since only that decides whether they are cut.
    const sure = crossed.length > 0 ? acrossFrame : 1;
    const rank = score < rules.explained ? score - 1 : sure * (score - hiddenCost * hidden);
    if (rank > best.rank) best = { line, score, rank };
  }
  const clean = cleanBand(plane, columns, rules);
  return clean && cleanScore > best.rank ? { line: clean, score: cleanScore, rank: cleanScore } : best;
}
