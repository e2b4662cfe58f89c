import type { Raster } from './raster.ts';

/** Returns a grey raster of which each pixel is the mean of the square around it. */
export function smoothed(page: Raster, half: number): Raster {
  const { width, height } = page;
  const across = new Uint8Array(width * height);
  const data = new Uint8Array(width * height);
  averageAlong(page.data, across, { lines: height, length: width, line: width, step: 1 }, half);
  averageAlong(across, data, { lines: width, length: height, line: 1, step: width }, half);
  return { width, height, channels: 1, data };
}

interface Walk {
  lines: number;
  /** Pixels of a line. */
  length: number;
  /** Distance between lines and between pixels of one. */
  line: number;
  step: number;
}

function averageAlong(
  from: Uint8Array,
  to: Uint8Array,
  { lines, length, line, step }: Walk,
  half: number,
): void {
  for (let index = 0; index < lines; index++) {
    const start = index * line;
    let [sum, count] = [0, 0];
    for (let at = 0; at < length + half; at++) {
      if (at < length) {
        sum += from[start + at * step] as number;
        count++;
      }
      if (at > 2 * half) {
        sum -= from[start + (at - 2 * half - 1) * step] as number;
        count--;
      }
      if (at >= half) to[start + (at - half) * step] = sum / count;
    }
  }
}
