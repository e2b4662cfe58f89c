import type { EdgePixels } from './edge-pixels.ts';

/** A straight run of edge pixels, by its ends. */
export interface Run {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Largest distance of a pixel from its line: a row of pixels is a staircase, and ink is uneven. */
export const mostOff = 1.2;

/**
 * Finds the straight runs of edge pixels.
 * @param width columns of the page
 * @param least the shortest run that counts, in columns
 */
export function edgeRuns(edges: EdgePixels, width: number, least: number): Run[] {
  const runs: Run[] = [];
  for (const chain of chains(edges, width, least)) straighten(chain, 0, chain.length / 2 - 1, least, runs);
  return runs;
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
  let [worst, at] = [mostOff, -1];
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
