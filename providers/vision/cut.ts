import type { Box } from '../../domain/page.ts';
import type { Foreground } from './gutter.ts';
import type { Mask } from './raster.ts';
import { boundsOf, type Line, type Region } from './region.ts';

/** How a gutter has to look. Lengths in raster pixels, shares 0 to 1. */
export interface GutterRules {
  /** Foreground allowed on the gutter's middle line: outlines of bubbles and letters that cross it. */
  dirt: number;
  /** Share of the gutter's length along which art begins at both sides. */
  edge: number;
  /** The least thickness. */
  thin: number;
  /** A perfectly clean gap this thick parts even frameless art. */
  wide: number;
  /** No part may be narrower than this. */
  smallest: number;
  /** Steepest lean of a slanted gutter, as change over length. */
  lean: number;
}

/** A gutter found: where to cut, and how bad it is (0 is perfect). */
export interface Cut {
  line: Line;
  cost: number;
}

const CLEAN = 0.015;

/** Where a line has this much more art than the gutter's middle, the gutter ends. */
const EDGE_BEGINS = 0.25;

/** How much of a gutter may be hidden under bubbles that lie across it. */
const COVERED = 0.45;

/** What a gutter is sought in: `ink` tells whether a line is clean, `art` where panels begin. */
export type Drawn = Pick<Foreground, 'art' | 'ink'>;

/** Share of foreground along a line inside the region; 1 when the line misses the region or exceeds `limit`. */
function dirtAlong(mask: Mask, region: Region, box: Box, line: Line, limit: number): number {
  const { top, left, right } = region;
  const along = line.lying ? box.w : box.h;
  const from = line.lying ? box.x : box.y;
  const rough = line.slope === 0 || along < 64 ? 1 : 2;
  const budget = (limit * along) / rough;
  let dirty = 0;
  let length = 0;
  for (let i = 0; i < along; i += rough) {
    // Not Math.round: this is the innermost loop.
    const across = (line.at + line.slope * (from + i - line.origin) + 0.5) | 0;
    const x = line.lying ? from + i : across;
    const y = line.lying ? across : from + i;
    const row = y - top;
    if (row < 0 || row >= left.length || x < (left[row] as number) || x >= (right[row] as number)) continue;
    length++;
    if (mask.data[y * mask.width + x] && ++dirty > budget) return 1;
  }
  return length * rough < along * 0.4 ? 1 : dirty / length;
}

/** Walks away from the gutter until art begins; says how far that is and how much of the length it covers. */
function edgeBeside(
  mask: Mask,
  region: Region,
  box: Box,
  line: Line,
  step: 1 | -1,
  reach: number,
  covered: number,
) {
  const extent = line.lying ? box.h : box.w;
  for (let d = 1; d < extent; d++) {
    if (dirtAlong(mask, region, box, { ...line, at: line.at + step * d }, 1) <= covered + EDGE_BEGINS)
      continue;
    let share = 0;
    for (let more = 0; more <= reach; more++) {
      const beyond = dirtAlong(mask, region, box, { ...line, at: line.at + step * (d + more) }, 1);
      share = Math.max(share, beyond);
    }
    return { distance: d, share };
  }
  return null;
}

/** Judges one line; null when it is no gutter. */
function judge(
  drawn: Drawn,
  region: Region,
  box: Box,
  line: Line,
  dirt: number,
  rules: GutterRules,
): Cut | null {
  const reach = Math.max(3, Math.round(rules.smallest / 7));
  const mask = drawn.art;
  const covered = dirtAlong(mask, region, box, line, 1);
  if (covered > COVERED) return null;
  const before = edgeBeside(mask, region, box, line, -1, reach, covered);
  if (!before) return null;
  const after = edgeBeside(mask, region, box, line, 1, reach, covered);
  if (!after) return null;
  const thickness = before.distance + after.distance - 1;
  if (thickness < rules.thin) return null;
  const weaker = Math.min(before.share, after.share);
  const stronger = Math.max(before.share, after.share);
  const clean = covered <= CLEAN && line.slope === 0;
  // A bright shape inside the art is curved: only a real gutter has art along nearly all of both sides.
  const edge = line.slope === 0 ? rules.edge : rules.edge + 0.15;
  const accepted =
    weaker >= edge || (clean && (thickness >= rules.wide || (weaker >= 0.35 && stronger >= 0.5)));
  if (!accepted) return null;
  // Centre the line in its gutter.
  const at = line.at + (after.distance - before.distance) / 2;
  const centred = line.slope === 0 ? Math.round(at) : at;
  return { line: { ...line, at: centred }, cost: dirt + 0.3 * (1 - weaker) + (line.slope === 0 ? 0 : 0.02) };
}

/** The best straight gutter through a region, or null. */
export function straightCut(drawn: Drawn, region: Region, rules: GutterRules): Cut | null {
  const box = boundsOf(region);
  if (!box) return null;
  let best: Cut | null = null;
  for (const lying of [true, false]) {
    const extent = lying ? box.h : box.w;
    const start = lying ? box.y : box.x;
    const dirt: number[] = [];
    for (let i = 0; i < extent; i++) {
      const line = { lying, at: start + i, slope: 0, origin: 0 };
      const inked = dirtAlong(drawn.ink, region, box, line, rules.dirt);
      // Beside the same gutter's middle a bubble across it may be wider than is allowed.
      const hidden = inked <= rules.dirt && dirtAlong(drawn.art, region, box, line, COVERED) > COVERED;
      dirt.push(hidden ? 1 : inked);
    }
    for (const i of cleanest(dirt, rules.dirt)) {
      if (i < rules.smallest || extent - i < rules.smallest) continue;
      const cut = judge(
        drawn,
        region,
        box,
        { lying, at: start + i, slope: 0, origin: 0 },
        dirt[i] as number,
        rules,
      );
      if (cut && (!best || cut.cost < best.cost)) best = cut;
    }
  }
  return best;
}

/** For each run of lines under the limit, the middle of its cleanest stretch. */
function cleanest(dirt: number[], limit: number): number[] {
  const picks: number[] = [];
  for (let i = 0; i < dirt.length; i++) {
    if ((dirt[i] as number) > limit) continue;
    let end = i;
    let least = i;
    while (end < dirt.length && (dirt[end] as number) <= limit) {
      if ((dirt[end] as number) < (dirt[least] as number)) least = end;
      end++;
    }
    let last = least;
    while (last + 1 < end && (dirt[last + 1] as number) <= (dirt[least] as number)) last++;
    picks.push((least + last) >> 1);
    i = end;
  }
  return picks;
}

/**
 * The best slanted gutter, or null: every pair of ends on opposite sides of the region's box is tried, which
 * stays cheap since a line is given up as soon as it has met too much foreground.
 */
export function slantedCut(drawn: Drawn, region: Region, rules: GutterRules): Cut | null {
  const box = boundsOf(region);
  if (!box) return null;
  const candidates: { line: Line; dirt: number }[] = [];
  for (const lying of [false, true]) {
    const extent = lying ? box.h : box.w;
    const along = lying ? box.w : box.h;
    const start = lying ? box.y : box.x;
    const origin = lying ? box.x : box.y;
    if (extent < 2 * rules.smallest) continue;
    const isHopeless = hopelessness(drawn, box, lying);
    const step = 2;
    const most = rules.lean * along;
    for (let a = step; a < extent; a += step) {
      for (let b = Math.max(step, Math.ceil(a - most)); b < Math.min(extent, a + most); b += step) {
        const middle = (a + b) / 2;
        if (middle < rules.smallest || extent - middle < rules.smallest || Math.abs(a - b) < 4) continue;
        const slope = (b - a) / along;
        if (isHopeless(start + a, slope)) continue;
        const line = { lying, at: start + a, slope, origin };
        const dirt = dirtAlong(drawn.ink, region, box, line, rules.dirt / 2);
        if (dirt > rules.dirt / 2 || dirtAlong(drawn.art, region, box, line, COVERED) > COVERED) continue;
        candidates.push({ line, dirt });
      }
    }
  }
  candidates.sort((a, b) => a.dirt - b.dirt);
  let best: Cut | null = null;
  // Neighbouring lines in one gutter are alike: an even sample of the cleanest is enough.
  const stride = Math.max(1, Math.floor(candidates.length / 24));
  for (let i = 0; i < candidates.length; i += stride) {
    const { line, dirt } = candidates[i] as { line: Line; dirt: number };
    const cut = judge(drawn, region, box, line, dirt, rules);
    if (cut && (!best || cut.cost < best.cost)) best = cut;
  }
  return best;
}

/**
 * A look at two dozen points spares most lines the walk: they run through art.
 * @returns for lines that start at one end of the box, whether they do
 */
function hopelessness({ art, ink }: Drawn, box: Box, lying: boolean): (at: number, slope: number) => boolean {
  const along = lying ? box.w : box.h;
  const from = lying ? box.x : box.y;
  // Not from one end to the other: bubbles that a gutter crosses sit together.
  const points = Int32Array.from({ length: 24 }, (_, k) => (along * (((k * 7) % 24) + 0.5)) / 24);
  const [beside, ahead] = lying ? [art.width, 1] : [1, art.width];
  return (at, slope) => {
    let dirty = 0;
    let covered = 0;
    for (let k = 0; k < points.length; k++) {
      const i = points[k] as number;
      const pixel = ((at + slope * i + 0.5) | 0) * beside + (from + i) * ahead;
      if (ink.data[pixel] && ++dirty > 5) return true;
      if (art.data[pixel] && ++covered > 12) return true;
    }
    return false;
  };
}
