import { type PixelRuns, runsOf } from '../image/pixel-runs.ts';
import type { Mask } from '../image/raster.ts';

/** Edge pixels by column: the rows of column x, from the top, are at `starts[x]` up to `starts[x + 1]`. */
export interface EdgePixels {
  starts: Uint32Array;
  rows: Uint16Array;
}

/** Pixels of gutter right below art (`ends`) and right above it (`begins`). */
export interface Edges {
  ends: EdgePixels;
  begins: EdgePixels;
}

/** Finds the edges of art on a page and on the transposed page, from the runs of art in its rows. */
export function edgesOf(art: Mask): [across: Edges, down: Edges] {
  const runs = runsOf(art);
  const rows = rowsOf(runs);
  return [edgesAcross(runs, rows), edgesDown(runs, rows)];
}

/** Returns the index of the first run of each row, and the number of runs. */
function rowsOf({ width, height, ends }: PixelRuns): Uint32Array {
  const first = new Uint32Array(height + 1);
  let run = 0;
  for (let y = 0; y <= height; y++) {
    while (2 * run < ends.length && (ends[2 * run] as number) < y * width) run++;
    first[y] = run;
  }
  return first;
}

function edgesAcross(runs: PixelRuns, rows: Uint32Array): Edges {
  const { width, height } = runs;
  const ends: number[] = [];
  const begins: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    addOnlyIn(runs, rows, y - 1, y, ends);
    addOnlyIn(runs, rows, y + 1, y, begins);
  }
  return { ends: byColumn(ends, width), begins: byColumn(begins, width) };
}

/** Adds the pixels of a row that have art above or below them, in the `other` row, and none themselves. */
function addOnlyIn(
  { width, ends }: PixelRuns,
  rows: Uint32Array,
  other: number,
  y: number,
  places: number[],
) {
  const by = (y - other) * width;
  let own = rows[y] as number;
  const lastOwn = rows[y + 1] as number;
  for (let run = rows[other] as number; run < (rows[other + 1] as number); run++) {
    let at = (ends[2 * run] as number) + by;
    const end = (ends[2 * run + 1] as number) + by;
    while (at < end) {
      while (own < lastOwn && (ends[2 * own + 1] as number) <= at) own++;
      const next = own < lastOwn ? Math.min(end, ends[2 * own] as number) : end;
      while (at < next) places.push(at++);
      if (at < end) at = Math.min(end, ends[2 * own + 1] as number);
    }
  }
}

/** @param places in the order of memory */
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

/** On the transposed page, art ends and begins where a run of it does. */
function edgesDown({ width, height, ends: runs }: PixelRuns, rows: Uint32Array): Edges {
  const edges = () => ({ starts: new Uint32Array(height + 1), rows: [] as number[] });
  const [ends, begins] = [edges(), edges()];
  for (let y = 0; y < height; y++) {
    for (let run = rows[y] as number; run < (rows[y + 1] as number); run++) {
      const before = (runs[2 * run] as number) - y * width - 1;
      const after = (runs[2 * run + 1] as number) - y * width;
      if (before >= 1) begins.rows.push(before);
      if (after < width - 1) ends.rows.push(after);
    }
    ends.starts[y + 1] = ends.rows.length;
    begins.starts[y + 1] = begins.rows.length;
  }
  const pixels = ({ starts, rows: all }: typeof ends): EdgePixels => ({
    starts,
    rows: Uint16Array.from(all),
  });
  return { ends: pixels(ends), begins: pixels(begins) };
}
