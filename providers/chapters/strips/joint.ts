/** A grey row of pixels: the first or the last of a file. */
export type Row = Uint8Array;

/** A row is a margin, with at most a frame's lines, if less than this share differs from its most common grey. */
const drawn = 0.15;
/** Greys that differ by more than this are different. */
const different = 24;
/** Share of equal pixels in neighbouring rows of one drawing, also after strong JPEG compression. */
const alike = 0.9;
const apartRows = 20;

/**
 * Returns whether a drawing continues from the last row of one file to the first of the next. Margins do not count, since
 * pages of a book have them too. Different pages whose art runs off the paper do not agree pixel by pixel.
 */
export function goesOn(bottom: Row, top: Row): boolean {
  if (bottom.length !== top.length || Math.min(drawnShare(bottom), drawnShare(top)) < drawn) return false;
  const apart = bottom.reduce((sum, grey, x) => sum + Math.abs(grey - (top[x] as number)), 0);
  return apart <= apartRows * bottom.length && correlation(bottom, top) >= alike;
}

function drawnShare(row: Row): number {
  const counts = new Uint32Array(16);
  for (const grey of row) counts[grey >> 4] = (counts[grey >> 4] as number) + 1;
  const usual = counts.indexOf(Math.max(...counts)) * 16 + 8;
  return row.reduce((sum, grey) => sum + (Math.abs(grey - usual) > different ? 1 : 0), 0) / row.length;
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
