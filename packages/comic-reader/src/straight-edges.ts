import type { Line } from './region.ts';

/** A straight line where art ends: above it (`ends`) or below it (`begins`). The line is the first row of gutter. */
export interface StraightEdge extends Line {
  kind: 'ends' | 'begins';
  /** Stretches of columns in which it was seen; something hides it between them. */
  seen: [from: number, to: number][];
}

interface Run {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Largest distance of a pixel from its line: a row of pixels is a staircase, and ink is uneven. */
const OFF = 1.2;
/** Uncertainty of a line for each column between two runs. */
const DRIFT = 0.012;

/**
 * Finds the horizontal straight edges of art, and joins those that continue in line after something hides them.
 * @param art one byte a pixel, 0 in gutters
 * @param least the shortest run that counts, in columns
 */
export function straightEdges(art: Uint8Array, width: number, least: number): StraightEdge[] {
  const places = edgePlaces(art, width);
  return (['ends', 'begins'] as const).flatMap((kind) => {
    const runs: Run[] = [];
    for (const chain of chains(byColumn(places[kind], width), width, least))
      straighten(chain, 0, chain.length / 2 - 1, least, runs);
    return joined(runs).map((edge) => ({ ...edge, kind }));
  });
}

/** Finds gutter below art (`ends`) and above it (`begins`), row by row, in the order of memory. */
function edgePlaces(art: Uint8Array, width: number) {
  const ends: number[] = [];
  const begins: number[] = [];
  for (let at = width; at < art.length - width; at++) {
    if (art[at]) continue;
    if (art[at - width]) ends.push(at);
    if (art[at + width]) begins.push(at);
  }
  return { ends, begins };
}

/** Edge pixels by column: the rows of column x, from the top, are at `starts[x]` up to `starts[x + 1]`. */
interface EdgePixels {
  starts: Uint32Array;
  rows: Uint16Array;
}

function byColumn(places: readonly number[], width: number): EdgePixels {
  const starts = new Uint32Array(width + 1);
  for (const at of places) {
    const x = at % width;
    starts[x + 1] = (starts[x + 1] as number) + 1;
  }
  for (let x = 0; x < width; x++) starts[x + 1] = (starts[x + 1] as number) + (starts[x] as number);
  const rows = new Uint16Array(places.length);
  const next = starts.slice();
  for (const at of places) {
    const x = at % width;
    rows[next[x] as number] = (at - x) / width;
    next[x] = (next[x] as number) + 1;
  }
  return { starts, rows };
}

/**
 * Returns chains of edge pixels from column to column, each as x, y, x, y, …. Chains that are too short for a run of the
 * least length are left out.
 */
function chains({ starts, rows }: EdgePixels, width: number, least: number): number[][] {
  const previous = new Int32Array(rows.length).fill(-1);
  const length = new Uint32Array(rows.length).fill(1);
  const goesOn = new Uint8Array(rows.length);
  for (let x = 1; x < width; x++) {
    let at = starts[x - 1] as number;
    const end = starts[x] as number;
    for (let i = end; i < (starts[x + 1] as number); i++) {
      const y = rows[i] as number;
      while (at < end && (rows[at] as number) < y - 1) at++;
      if (at === end || (rows[at] as number) > y + 1) continue;
      previous[i] = at;
      length[i] = (length[at] as number) + 1;
      goesOn[at++] = 1;
    }
  }
  const found: number[][] = [];
  let x = 0;
  for (let last = 0; last < rows.length; last++) {
    while (last >= (starts[x + 1] as number)) x++;
    const pixels = length[last] as number;
    if (goesOn[last] || pixels <= least) continue;
    const chain = new Array<number>(2 * pixels);
    for (let i = pixels - 1, at = last; i >= 0; i--, at = previous[at] as number) {
      chain[2 * i] = x - (pixels - 1 - i);
      chain[2 * i + 1] = rows[at] as number;
    }
    found.push(chain);
  }
  return found;
}

/** Splits a chain where it is farthest from the line between its ends, until all parts are straight. */
function straighten(chain: number[], first: number, last: number, least: number, runs: Run[]): void {
  const [x0, y0] = [chain[2 * first] as number, chain[2 * first + 1] as number];
  const [x1, y1] = [chain[2 * last] as number, chain[2 * last + 1] as number];
  if (x1 - x0 < least) return;
  const slope = (y1 - y0) / (x1 - x0);
  let [worst, at] = [OFF, -1];
  for (let i = first + 1; i < last; i++) {
    const off = Math.abs((chain[2 * i + 1] as number) - y0 - slope * ((chain[2 * i] as number) - x0));
    if (off > worst) [worst, at] = [off, i];
  }
  if (at < 0) {
    runs.push({ x0, y0, x1, y1 });
    return;
  }
  straighten(chain, first, at, least, runs);
  straighten(chain, at, last, least, runs);
}

/** Fits lines through runs, the longest first; each takes the runs on it, nearest first. */
function joined(runs: Run[]): Omit<StraightEdge, 'kind'>[] {
  const length = ({ x0, x1 }: Run) => x1 - x0;
  const sorted = runs.sort((a, b) => length(b) - length(a) || a.y0 - b.y0 || a.x0 - b.x0);
  const taken = new Set<Run>();
  return sorted.flatMap((seed) => {
    if (taken.has(seed)) return [];
    const members = [seed];
    let line = through(members);
    const gap = (run: Run) => Math.max(run.x0 - seed.x1, seed.x0 - run.x1, 0);
    let [from, to] = [seed.x0, seed.x1];
    for (const run of sorted.filter((r) => r !== seed && !taken.has(r)).sort((a, b) => gap(a) - gap(b))) {
      const far = Math.max(run.x0 - to, from - run.x1, 0);
      const off = Math.max(
        Math.abs(run.y0 - line.at - line.slope * run.x0),
        Math.abs(run.y1 - line.at - line.slope * run.x1),
      );
      if (off > OFF + 0.5 + DRIFT * Math.min(far, 250)) continue;
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
