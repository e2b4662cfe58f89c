import { foursOf, type Mask } from './raster.ts';

/** Horizontal runs of ones in a mask, row by row; a run does not cross rows. */
export interface PixelRuns {
  width: number;
  height: number;
  /** Index of the first pixel of each run, and of the pixel after its last, in pairs. */
  ends: Int32Array;
}

/** Four pixels that are all 1, as one number. */
const fourOnes = 0x01010101;

export function runsOf({ width, height, data }: Mask): PixelRuns {
  // Four pixels are compared at once where they are alike, since most are.
  const fours = foursOf(data);
  // Grows by doubling: an ordinary list of all runs would fill the heap with garbage.
  let ends = new Int32Array(1 << 14);
  let length = 0;
  let at = 0;
  for (let rowEnd = width; rowEnd <= width * height; rowEnd += width) {
    while (at < rowEnd) {
      if (!data[at]) {
        at += at % 4 === 0 && fours[at >> 2] === 0 ? 4 : 1;
        continue;
      }
      if (length === ends.length) {
        const larger = new Int32Array(2 * length);
        larger.set(ends);
        ends = larger;
      }
      ends[length++] = at;
      while (at < rowEnd && data[at]) at += at % 4 === 0 && fours[at >> 2] === fourOnes ? 4 : 1;
      at = Math.min(at, rowEnd);
      ends[length++] = at;
    }
  }
  return { width, height, ends: ends.subarray(0, length) };
}
