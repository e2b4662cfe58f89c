import { commonestColour } from '../image/commonest-colour.ts';
import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Distance from a panel up to which its frame is soft, as a share of the page's shorter side. */
const softEdge = 0.006;
/** Largest difference in a channel of two pixels of the same ground. */
const sameGround = 40;

/**
 * Returns the share of a page that is outside of all panels and has another colour than most of what is outside: between panels a page
 * has one colour.
 */
export function otherColoursOutside({ width, height, data }: Raster, panels: readonly Box[]): number {
  const edge = Math.round(softEdge * Math.min(width, height));
  const inside = new Uint8Array(width * height);
  for (const { x, y, w, h } of panels) {
    const [left, right] = [Math.max(0, x - edge), Math.min(width, x + w + edge)];
    for (let row = Math.max(0, y - edge); row < Math.min(height, y + h + edge); row++)
      inside.fill(1, row * width + left, row * width + right);
  }
  const [red, green, blue] = commonestColour(data, inside);
  let others = 0;
  for (let i = 0, at = 0; i < inside.length; i++, at += 3) {
    if (inside[i]) continue;
    const isOther =
      Math.abs((data[at] as number) - red) > sameGround ||
      Math.abs((data[at + 1] as number) - green) > sameGround ||
      Math.abs((data[at + 2] as number) - blue) > sameGround;
    if (isOther) others++;
  }
  return others / inside.length;
}
