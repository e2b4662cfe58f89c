/** A grey row of pixels: the first or the last of a file. */
export type Row = Uint8Array;

/** A row in which less than this share differs from its most common grey is a margin, with a frame's lines at most. */
const DRAWN = 0.15;
/** Greys further apart are different. */
const DIFFERENT = 24;
/** Rows that are neighbours in one drawing are as alike as this, also after a hard JPEG. */
const ALIKE = 0.9;
const APART = 20;

/**
 * Returns whether a drawing goes on from the last row of one file to the first of the next. Margins say nothing: pages
 * of a book have them as well. Different pages whose art runs off the paper do not agree pixel by pixel.
 */
export function goesOn(bottom: Row, top: Row): boolean {
  if (bottom.length !== top.length || Math.min(drawnShare(bottom), drawnShare(top)) < DRAWN) return false;
  const apart = bottom.reduce((sum, grey, x) => sum + Math.abs(grey - (top[x] as number)), 0);
  return apart <= APART * bottom.length && correlation(bottom, top) >= ALIKE;
}

function drawnShare(row: Row): number {
  const counts = new Uint32Array(16);
  for (const grey of row) counts[grey >> 4] = (counts[grey >> 4] as number) + 1;
  const usual = counts.indexOf(Math.max(...counts)) * 16 + 8;
  return row.reduce((sum, grey) => sum + (Math.abs(grey - usual) > DIFFERENT ? 1 : 0), 0) / row.length;
}

function correlation(a: Row, b: Row): number {
  const mean = (row: Row) => row.reduce((sum, grey) => sum + grey, 0) / row.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let x = 0; x < a.length; x++) {
    const [da, db] = [(a[x] as number) - meanA, (b[x] as number) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(Math.max(1, aa * bb));
}
