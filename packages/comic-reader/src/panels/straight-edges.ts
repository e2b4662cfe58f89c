import type { Edges } from './edge-pixels.ts';
import { edgeRuns, mostOff, type Run } from './edge-runs.ts';
import type { Line } from './region.ts';

/** A straight line where art ends: above it (`ends`) or below it (`begins`). The line is the first row of gutter. */
export interface StraightEdge extends Line {
  kind: 'ends' | 'begins';
  /** Stretches of columns in which it was seen; something hides it between them. */
  seen: [from: number, to: number][];
}

/** Uncertainty of a line for each column between two runs. */
const drift = 0.012;

/**
 * Finds the horizontal straight edges of art, and joins those that continue in line after something hides them.
 * @param width columns of the page
 * @param least the shortest run that counts, in columns
 */
export function straightEdges(edges: Edges, width: number, least: number): StraightEdge[] {
  return (['ends', 'begins'] as const).flatMap((kind) =>
    joined(edgeRuns(edges[kind], width, least)).map((edge) => ({ ...edge, kind })),
  );
}

/** Fits lines through runs, the longest first; each takes the runs on it, nearest first. */
function joined(runs: Run[]): Omit<StraightEdge, 'kind'>[] {
  const sorted = runs.sort((a, b) => lengthOf(b) - lengthOf(a) || a.y0 - b.y0 || a.x0 - b.x0);
  const near = runsNear(sorted);
  const taken = new Set<Run>();
  return sorted.flatMap((seed) => {
    if (taken.has(seed)) return [];
    const members = [seed];
    let line = through(members);
    const gap = (run: Run) => Math.max(run.x0 - seed.x1, seed.x0 - run.x1, 0);
    let [from, to] = [seed.x0, seed.x1];
    for (const run of near(seed, taken).sort((a, b) => gap(a) - gap(b))) {
      const far = Math.max(run.x0 - to, from - run.x1, 0);
      if (awayFrom(run, line) > mostOff + 0.5 + drift * Math.min(far, 250)) continue;
      members.push(run);
      line = through(members);
      from = Math.min(from, run.x0);
      to = Math.max(to, run.x1);
    }
    for (const member of members) taken.add(member);
    const seen = members.map(({ x0, x1 }): [number, number] => [x0, x1 + 1]);
    return [{ ...line, seen }];
  });
}

const lengthOf = ({ x0, x1 }: Run) => x1 - x0;

const awayFrom = (run: Run, { at, slope }: Line) =>
  Math.max(Math.abs(run.y0 - at - slope * run.x0), Math.abs(run.y1 - at - slope * run.x1));

/** Height of the bands in which runs are looked up, in rows. */
const bandHeight = 64;

/**
 * Returns a function that finds the runs that could be on a run's line, in the order given. A texture has thousands of runs, and
 * comparing each with each would take minutes.
 */
function runsNear(sorted: readonly Run[]): (seed: Run, taken: ReadonlySet<Run>) => Run[] {
  const bandOf = (y: number) => Math.floor(y / bandHeight);
  const bands = new Map<number, Run[]>();
  let [left, right] = [0, 0];
  for (const run of sorted) {
    const band = bands.get(bandOf(run.y0));
    if (band) band.push(run);
    else bands.set(bandOf(run.y0), [run]);
    left = Math.min(left, run.x0);
    right = Math.max(right, run.x1);
  }
  return (seed, taken) => {
    const line = through([seed]);
    // The line through a short run is uncertain, and turns as others join it.
    const turn = drift + (2 * mostOff) / lengthOf(seed);
    const reach = (x: number) => 3 * mostOff + turn * Math.max(x - seed.x1, seed.x0 - x, 0);
    const [atLeft, atRight] = [left, right].map((x) => line.at + line.slope * x) as [number, number];
    const first = bandOf(Math.min(atLeft - reach(left), atRight - reach(right)));
    const last = bandOf(Math.max(atLeft + reach(left), atRight + reach(right)));
    const found: Run[] = [];
    for (let band = first; band <= last; band++)
      for (const run of bands.get(band) ?? [])
        if (run !== seed && !taken.has(run) && awayFrom(run, line) <= reach((run.x0 + run.x1) / 2))
          found.push(run);
    return found;
  };
}

/** Fits a line through the ends of runs by least squares, weighted by length. A slope below one pixel in all is 0. */
function through(runs: readonly Run[]): Line {
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const { x0, y0, x1, y1 } of runs) {
    const weight = x1 - x0;
    for (const [x, y] of [
      [x0, y0],
      [x1, y1],
    ] as const) {
      n += weight;
      sx += weight * x;
      sy += weight * y;
      sxx += weight * x * x;
      sxy += weight * x * y;
    }
  }
  const [mx, my] = [sx / n, sy / n];
  const slope = (sxy - n * mx * my) / Math.max(1, sxx - n * mx * mx);
  const from = Math.min(...runs.map(({ x0 }) => x0));
  const to = Math.max(...runs.map(({ x1 }) => x1));
  if (Math.abs(slope) * (to - from) < 1.5) return { at: my, slope: 0 };
  return { at: my - slope * mx, slope };
}
