import { label } from '../image/components.ts';
import { emptyMask, type Raster } from '../image/raster.ts';
import { resized } from '../image/resized.ts';
import type { Box } from '../page/page.ts';
import { loadNetwork, type TextNetwork } from './text-network.ts';

/** Finds lines of text by how text looks, in any script and on any ground, without reading them. */
export interface TextDetector {
  /** @param page grey; the lines are in its pixels */
  linesOf(page: Raster): Promise<Box[]>;
  close(): Promise<void>;
}

/** Least width and height at which a page is searched, in pixels: the letters of small notes are eight pixels high then. */
const searched = { width: 832, height: 1184 };
/** A higher page is searched in parts, which limits memory. They overlap, since a line is known by what is around it too. */
const part = { height: 1184, overlap: 128 };

/** Least certainty of a pixel, and mean of those of a line; the network's authors use these. */
const leastCertainty = { pixel: 0.3, line: 0.6 };
/** The network marks the middle of a line. Its rim is farther out by this many times the area, divided by the circumference. */
const toRim = 1.5;
/** Least height and width of the middle of a line, in searched pixels. */
const leastSide = 3;

/** Creates a detector that loads its network with the first page. */
export function createTextDetector(): TextDetector {
  let loading: Promise<TextNetwork> | null = null;
  return {
    async linesOf(page) {
      loading ??= loadNetwork();
      const scale = Math.min(1, Math.max(searched.width / page.width, searched.height / page.height));
      const certainty = await certaintyOf(resized(page, scale), await loading);
      return linesIn(certainty).map(({ x, y, w, h }) => ({
        ...{ x: x / scale, y: y / scale, w: w / scale, h: h / scale },
      }));
    },
    async close() {
      const ending = loading;
      loading = null;
      // A network that could not be loaded has failed its page already.
      await (await ending?.catch(() => null))?.close();
    },
  };
}

/** The certainty of each pixel of a picture to be in the middle of a line of text, from 0 to 1. */
interface Certainty {
  width: number;
  height: number;
  data: Float32Array;
}

/** Searches a picture part by part. */
async function certaintyOf({ width, height, data }: Raster, network: TextNetwork): Promise<Certainty> {
  const found = new Float32Array(width * height);
  const stride = part.height - part.overlap;
  for (let top = 0; top === 0 || top + part.overlap < height; top += stride) {
    const bottom = Math.min(height, top + part.height);
    const of = { width, height: bottom - top, data: data.subarray(top * width, bottom * width) };
    // Half of what two parts share is from each.
    const skipped = top === 0 ? 0 : (part.overlap / 2) * width;
    found.set((await network.certaintyOf({ ...of, channels: 1 })).subarray(skipped), top * width + skipped);
  }
  return { width, height, data: found };
}

/** Returns the boxes of the lines in a map. */
function linesIn({ width, height, data }: Certainty): Box[] {
  const mask = emptyMask(width, height);
  for (let at = 0; at < data.length; at++) if ((data[at] as number) > leastCertainty.pixel) mask.data[at] = 1;
  const { components, labels } = label(mask);
  const numbers = labels();
  const sums = new Float64Array(components.length + 1);
  for (let at = 0; at < data.length; at++)
    if (numbers[at]) (sums[numbers[at] as number] as number) += data[at] as number;
  return components
    .filter(({ label: number, area }) => (sums[number] as number) >= leastCertainty.line * area)
    .filter(({ w, h }) => Math.min(w, h) >= leastSide)
    .map(({ x, y, w, h, area }) => {
      const rim = (toRim * area) / (2 * (w + h));
      return { x: x - rim, y: y - rim, w: w + 2 * rim, h: h + 2 * rim };
    });
}
