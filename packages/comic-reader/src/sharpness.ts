import type { Raster } from './raster.ts';

/** Half the stretch in which an edge is looked at, in pixels; and how far grey has to change along it. */
const REACH = 4;
const CONTRAST = 60;
/** Only every so-manieth pixel is looked at; fewer edges than this are too few to judge a page by. */
const STEP = 3;
const FEWEST = 2000;
/** The page is as sharp as this part of its edges is at least: painted grounds are soft, outlines and letters are not. */
const SHARPEST = 0.1;

/**
 * How sharp the sharpest edges of a page are, from 0 to 1: the part of an edge's change of grey that lies between two
 * neighbouring pixels. 1 where too little is drawn to tell.
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

/** The largest step between neighbours as a share of the whole change of grey; null where there is no edge. */
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
