import type { Raster } from './raster.ts';

/** Half the length of an edge, in pixels, and the least change of grey along it. */
const REACH = 4;
const CONTRAST = 60;
/** Distance between the pixels that are tried, and the least number of edges to judge a page by. */
const STEP = 3;
const FEWEST = 2000;
/** Share of edges, the sharpest ones, that decide: painted grounds are soft, outlines and letters are sharp. */
const SHARPEST = 0.1;

/** A page without edges is tried again at this part of its size: what is blurred by more than `REACH` has its edges there. */
const SMALLER = 4;

/**
 * Returns the sharpness of the sharpest edges of a page, from 0 to 1: the share of an edge's change of grey between two
 * neighbouring pixels. 1 if there are too few edges, also in the page at a quarter of its size.
 * @param page grey
 */
export function sharpnessOf(page: Raster): number {
  const own = edgesOf(page);
  if (own.count >= FEWEST) return own.sharpness;
  const small = edgesOf(reduced(page));
  // The few edges of a page that is not blurred are longer at its full size.
  const isBlurred = small.count >= FEWEST / SMALLER ** 2 && small.count > own.count;
  return isBlurred ? small.sharpness / SMALLER : 1;
}

/** Counts the edges of a page, and measures the sharpest. */
function edgesOf({ width, height, data }: Raster): { count: number; sharpness: number } {
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
  let [seen, at] = [0, 100];
  for (; at > 0 && seen < SHARPEST * edges; at--) seen += counts[at] as number;
  return { count: edges, sharpness: at / 100 };
}

/** Returns every fourth pixel of every fourth row: the page is blurred by more than these are apart. */
function reduced({ width, height, data }: Raster): Raster {
  const [w, h] = [Math.floor(width / SMALLER), Math.floor(height / SMALLER)];
  const small = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) small[y * w + x] = data[y * SMALLER * width + x * SMALLER] as number;
  return { width: w, height: h, channels: 1, data: small };
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
