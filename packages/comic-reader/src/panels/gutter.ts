import { type Colour, crop, emptyMask, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** The colour around the panels, and how certain it is. */
export interface GutterColour {
  colour: Colour;
  /** Share of the border ring that has this colour, 0 to 1. */
  share: number;
  /** Largest difference per channel that still counts as this colour. */
  tolerance: number;
}

export const white: Colour = [255, 255, 255];
export const black: Colour = [0, 0, 0];

/** Returns whether frame lines in ink are darker than the gutter. */
export const isLight = ({ colour }: GutterColour) => Math.min(...colour) >= 128;

/** Returns the largest difference in any channel. */
export const difference = (a: Colour, b: Colour) =>
  Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));

/**
 * Finds the dominant colour of the ring just inside the raster's edge. Its spread there shows how noisy the scan is, and so
 * how tolerant the comparison has to be.
 */
export function borderColour({ width, height, data }: Raster, depth: number): GutterColour {
  const counts = new Uint32Array(4096);
  const inside = Math.max(0, width - 2 * depth) * Math.max(0, height - 2 * depth);
  const ring = new Uint32Array(width * height - inside);
  let pixels = 0;
  for (let y = 0; y < height; y++) {
    const whole = y < depth || y >= height - depth;
    for (let x = 0; x < width; x++) {
      if (!whole && x === depth && width > 2 * depth) x = width - depth;
      const at = (y * width + x) * 3;
      ring[pixels++] = at;
      const bin =
        ((data[at] as number) >> 4) * 256 +
        ((data[at + 1] as number) >> 4) * 16 +
        ((data[at + 2] as number) >> 4);
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  let best = 0;
  for (let bin = 1; bin < counts.length; bin++)
    if ((counts[bin] as number) > (counts[best] as number)) best = bin;
  const middle: Colour = [((best >> 8) & 15) * 16 + 8, ((best >> 4) & 15) * 16 + 8, (best & 15) * 16 + 8];

  // Two rounds of averaging nearby colours, since a colour can be on the border between two bins.
  let colour = middle;
  let near = 0;
  let spread = 0;
  for (let round = 0; round < 2; round++) {
    const sum = [0, 0, 0] as [number, number, number];
    let squares = 0;
    near = 0;
    const [red, green, blue] = colour;
    for (let i = 0; i < ring.length; i++) {
      const at = ring[i] as number;
      const r = data[at] as number;
      const g = data[at + 1] as number;
      const b = data[at + 2] as number;
      const distance = Math.max(Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue));
      if (distance > 28) continue;
      near++;
      squares += distance * distance;
      sum[0] += r;
      sum[1] += g;
      sum[2] += b;
    }
    spread = Math.sqrt(squares / Math.max(1, near));
    if (near > 0) colour = [sum[0] / near, sum[1] / near, sum[2] / near];
  }
  return {
    colour,
    share: near / Math.max(1, ring.length),
    tolerance: Math.min(44, Math.max(16, 10 + 2.5 * spread)),
  };
}

/** Share of one side of a page that a margin covers: all of it, but for dirt and a page number. */
const wholeSide = 0.95;

/** Returns the colour of the margin at one side of a page whose art bleeds off at others; null if art reaches all sides. */
export function marginColour(page: Raster, depth: number): GutterColour | null {
  const { width, height } = page;
  const sides: Box[] = [
    { x: 0, y: 0, w: width, h: depth },
    { x: 0, y: height - depth, w: width, h: depth },
    { x: 0, y: 0, w: depth, h: height },
    { x: width - depth, y: 0, w: depth, h: height },
  ];
  const [best] = sides
    .map((side) => borderColour(crop(page, side), depth))
    .sort((one, other) => other.share - one.share);
  return best && best.share >= wholeSide ? best : null;
}

/** Marks the pixels of a colour, within its tolerance. */
export function sameColour({ width, height, data }: Raster, { colour, tolerance }: GutterColour): Mask {
  const mask = emptyMask(width, height);
  const [r, g, b] = colour.map((middle) => closeTo(middle, tolerance)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const out = mask.data;
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    out[i] =
      (r[data[at] as number] as number) &
      (g[data[at + 1] as number] as number) &
      (b[data[at + 2] as number] as number);
  }
  return mask;
}

/** Returns which of the 256 values of a channel are close to one. */
function closeTo(middle: number, tolerance: number): Uint8Array {
  const close = new Uint8Array(256);
  for (let value = 0; value < close.length; value++)
    if (Math.abs(value - middle) <= tolerance) close[value] = 1;
  return close;
}
