import { commonestColour } from '../image/commonest-colour.ts';
import { runsOf } from '../image/pixel-runs.ts';
import { emptyMask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Distance from a panel up to which its frame is soft, as a share of the page's shorter side. */
const softEdge = 0.006;
/** Largest difference in a channel of two pixels of the same ground. */
const sameGround = 40;

/**
 * Returns the share of a page that is outside of all panels and has another colour than most of what is outside: between panels a page
 * has one colour.
 */
export function otherColoursOutside(page: Raster, panels: readonly Box[]): number {
  const pixels = outsideOf(page, panels);
  const [red, green, blue] = commonestColour(pixels, new Uint8Array(pixels.length / 3));
  let others = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const isOther =
      Math.abs((pixels[at] as number) - red) > sameGround ||
      Math.abs((pixels[at + 1] as number) - green) > sameGround ||
      Math.abs((pixels[at + 2] as number) - blue) > sameGround;
    if (isOther) others++;
  }
  return others / (page.width * page.height);
}

/** Returns the pixels outside of all panels, one after the other. */
function outsideOf({ width, height, data }: Raster, panels: readonly Box[]): Uint8Array {
  const edge = Math.round(softEdge * Math.min(width, height));
  const outside = emptyMask(width, height);
  outside.data.fill(1);
  for (const { x, y, w, h } of panels) {
    const [left, right] = [Math.max(0, x - edge), Math.min(width, x + w + edge)];
    for (let row = Math.max(0, y - edge); row < Math.min(height, y + h + edge); row++)
      outside.data.fill(0, row * width + left, row * width + right);
  }
  const { ends } = runsOf(outside);
  const pixels = new Uint8Array(data.length);
  let count = 0;
  for (let i = 0; i < ends.length; i += 2) {
    const [from, end] = [3 * (ends[i] as number), 3 * (ends[i + 1] as number)];
    pixels.set(data.subarray(from, end), count);
    count += end - from;
  }
  return pixels.subarray(0, count);
}
