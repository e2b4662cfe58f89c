import type { Raster } from './raster.ts';

/** Half the length of an edge, in pixels, and the least change of grey along it. */
const reach = 4;
const contrast = 60;
/** Distance between the pixels that are tried, and the least number of edges to judge a page by. */
const pixelStep = 3;
const fewest = 2000;
/** Share of edges, the sharpest ones, that decide: painted grounds are soft, outlines and letters are sharp. */
const sharpest = 0.1;

/** A page without edges is tried again at this part of its size: what is blurred by more than `reach` has its edges there. */
const smaller = 4;

/**
 * Returns the sharpness of the sharpest edges of a page, from 0 to 1: the share of an edge's change of grey between two
 * neighbouring pixels. 1 if there are too few edges, also in the page at a quarter of its size.
 * @param page grey
 */
export function sharpnessOf(page: Raster): number {
  const own = edgesOf(page);
  if (own.count >= fewest) return own.sharpness;
  const small = edgesOf(reduced(page));
  // The few edges of a page that is not blurred are longer at its full size.
  const isBlurred = small.count >= fewest / smaller ** 2 && small.count > own.count;
  return isBlurred ? small.sharpness / smaller : 1;
}

/** Counts the edges of a page, and measures the sharpest. */
function edgesOf({ width, height, data }: Raster): { count: number; sharpness: number } {
  const counts = new Uint32Array(101);
  let edges = 0;
  for (let y = reach; y < height - reach; y += pixelStep) {
    for (let x = reach; x < width - reach; x += pixelStep) {
      for (const along of [1, width]) {
        const share = steepest(data, y * width + x, along);
        if (share === null) continue;
        edges++;
        counts[Math.round(100 * share)] = (counts[Math.round(100 * share)] as number) + 1;
      }
    }
  }
  let [seen, at] = [0, 100];
  for (; at > 0 && seen < sharpest * edges; at--) seen += counts[at] as number;
  return { count: edges, sharpness: at / 100 };
}

/** Returns every fourth pixel of every fourth row: the page is blurred by more than these are apart. */
function reduced({ width, height, data }: Raster): Raster {
  const [w, h] = [Math.floor(width / smaller), Math.floor(height / smaller)];
  const small = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) small[y * w + x] = data[y * smaller * width + x * smaller] as number;
  return { width: w, height: h, channels: 1, data: small };
}

/** Returns the largest step between neighbours as a share of the whole change of grey; null without an edge. */
function steepest(data: Uint8Array, middle: number, along: number): number | null {
  let [least, most, step] = [255, 0, 0];
  let before = data[middle - reach * along] as number;
  for (let i = -reach; i <= reach; i++) {
    const value = data[middle + i * along] as number;
    least = Math.min(least, value);
    most = Math.max(most, value);
    step = Math.max(step, Math.abs(value - before));
    before = value;
  }
  return most - least < contrast ? null : step / (most - least);
}
