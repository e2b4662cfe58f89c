import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Share of a picture that is darker than its light, and the light from which it is not dark. */
const darker = 0.75;
const notDark = 200;
/** One row in so many is looked at. */
const looked = 4;
/** A picture with less light shows nothing but what a JPEG adds. */
const leastLight = 40;
/** Smaller panels, as a share of the page, have no room for another one. */
const leastOfPage = 0.1;

/**
 * Returns a page whose dark pictures are lit until a quarter of each is white: so a line on one is as dark as on paper. Returns null if no
 * picture is dark.
 */
export function lit(page: Raster, panels: readonly Box[]): Raster | null {
  const dark = panels
    .filter(({ w, h }) => w * h >= leastOfPage * page.width * page.height)
    .map((box) => ({ box, light: lightOf(page, box) }))
    .filter(({ light }) => light >= leastLight && light < notDark);
  if (dark.length === 0) return null;
  const data = new Uint8Array(page.data);
  for (const { box, light } of dark) {
    const values = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, (value * 255) / light));
    for (const [from, to] of rowsOf(page, box))
      for (let at = from; at < to; at++) data[at] = values[page.data[at] as number] as number;
  }
  return { ...page, data };
}

/** Returns the brightness of the lightest channel that three quarters of a box stay below, as far as some of its rows show. */
function lightOf(page: Raster, box: Box): number {
  const counts = new Uint32Array(256);
  const rows = rowsOf(page, box).filter((_, row) => row % looked === 0);
  for (const [from, to] of rows)
    for (let at = from; at < to; at += 3) {
      const lightest = Math.max(
        page.data[at] as number,
        page.data[at + 1] as number,
        page.data[at + 2] as number,
      );
      counts[lightest] = (counts[lightest] as number) + 1;
    }
  let [light, below] = [0, 0];
  while (light < 255 && below < darker * box.w * rows.length) below += counts[light++] as number;
  return light;
}

const rowsOf = ({ width }: Raster, { x, y, w, h }: Box): [from: number, to: number][] =>
  Array.from({ length: h }, (_, row) => [3 * ((y + row) * width + x), 3 * ((y + row) * width + x + w)]);
