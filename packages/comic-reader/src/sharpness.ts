import type { Raster } from './raster.ts';

/** Half the length of an edge, in pixels, and the least change of grey along it. */
const REACH = 4;
const CONTRAST = 60;
/** Distance between the pixels that are tried, and the least number of edges to judge a page by. */
const STEP = 3;
const FEWEST = 2000;
/** Share of edges, the sharpest ones, that decide: painted grounds are soft, outlines and letters are sharp. */
const SHARPEST = 0.1;

/**
 * Returns the sharpness of the sharpest edges of a page, from 0 to 1: the share of an edge's change of grey between two
 * neighbouring pixels. 1 if there are too few edges.
 * @param page grey
 */
export function sharpnessOf({ width, height, data }: Raster): number {
  const counts = new Uint32Array(101);
  let edges = 0;
  for (let y = REACH; y < height - REACH; y += STEP) {
    for (let x = REACH; x < width - REACH; x += STEP) {
      for (const along of [1, width]) {
        const share = steepest(data, y * width + x, along);
        if (share === null) continue;
        edges++;
        counts[Math.round(100 * share)] = (counts[Math.round(100 * share)] as number) + 1;
      }
    }
  }
  if (edges < FEWEST) return 1;
  let [seen, at] = [0, 100];
  for (; at > 0 && seen < SHARPEST * edges; at--) seen += counts[at] as number;
  return at / 100;
}

/** Returns the largest step between neighbours as a share of the whole change of grey; null without an edge. */
function steepest(data: Uint8Array, middle: number, along: number): number | null {
  let [least, most, step] = [255, 0, 0];
  let before = data[middle - REACH * along] as number;
  for (let i = -REACH; i <= REACH; i++) {
    const value = data[middle + i * along] as number;
    least = Math.min(least, value);
    most = Math.max(most, value);
    step = Math.max(step, Math.abs(value - before));
    before = value;
  }
  return most - least < CONTRAST ? null : step / (most - least);
}
