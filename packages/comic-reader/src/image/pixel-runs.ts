import type { Mask } from './raster.ts';

/** Horizontal runs of ones in a mask, row by row; a run does not cross rows. */
export interface PixelRuns {
  width: number;
  height: number;
  /** Index of the first pixel of each run, and of the pixel after its last, in pairs. */
  ends: Int32Array;
}

export function runsOf({ width, height, data }: Mask): PixelRuns {
  // Grows by doubling: an ordinary list of all runs would fill the heap with garbage.
  let ends = new Int32Array(1 << 12);
  let length = 0;
  let at = data.indexOf(1);
  let zero = -1;
  while (at >= 0) {
    const rowEnd = (Math.floor(at / width) + 1) * width;
    // The search ignores rows, so the found position stays valid for all rows up to it.
    if (zero < at) zero = data.indexOf(0, at);
    if (zero < 0) zero = data.length;
    const end = Math.min(zero, rowEnd);
    if (length === ends.length) {
      const larger = new Int32Array(2 * length);
      larger.set(ends);
      ends = larger;
    }
    ends[length++] = at;
    ends[length++] = end;
    at = data[end] ? end : data.indexOf(1, end);
  }
  return { width, height, ends: ends.subarray(0, length) };
}
