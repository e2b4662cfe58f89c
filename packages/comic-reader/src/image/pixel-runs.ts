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
  let ends = new Int32Array(1 << 14);
  let length = 0;
  for (let start = 0; start < width * height; start += width) {
    const rowEnd = start + width;
    for (let at = start; at < rowEnd; at++) {
      if (!data[at]) continue;
      if (length === ends.length) {
        const larger = new Int32Array(2 * length);
        larger.set(ends);
        ends = larger;
      }
      ends[length++] = at;
      while (at < rowEnd && data[at]) at++;
      ends[length++] = at;
    }
  }
  return { width, height, ends: ends.subarray(0, length) };
}
