import type { Box } from '../page/page.ts';

/** Interleaved 8-bit samples, row by row, without padding. */
export interface Raster {
  width: number;
  height: number;
  /** 1 for grey, 3 for RGB. */
  channels: 1 | 3;
  data: Uint8Array;
}

/** One byte a pixel, 0 or 1. */
export interface Mask {
  width: number;
  height: number;
  data: Uint8Array;
}

export const emptyRaster = (width: number, height: number, channels: Raster['channels']): Raster => ({
  width,
  height,
  channels,
  data: new Uint8Array(width * height * channels),
});

export type Colour = readonly [number, number, number];

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** Returns four pixels at once as one number, without the last ones that are fewer; a copy of a view that begins between two such numbers. */
export function foursOf(data: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(buffer, byteOffset, length >> 2);
}

/** Returns the pixels of a mask that another one of its size lacks. */
export function without({ width, height, data }: Mask, other: Mask): Mask {
  const left = data.slice();
  const [fours, others] = [foursOf(left), foursOf(other.data)];
  for (let i = 0; i < fours.length; i++) fours[i] = (fours[i] as number) & ~(others[i] as number);
  for (let i = 4 * fours.length; i < left.length; i++)
    left[i] = (left[i] as number) & ~(other.data[i] as number);
  return { width, height, data: left };
}

/** Returns the area shared by two boxes, in pixels. */
export function overlap(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Returns the box shared by two boxes; null if they do not overlap. */
export function intersection(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const w = Math.min(a.x + a.w, b.x + b.w) - x;
  const h = Math.min(a.y + a.h, b.y + b.h) - y;
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}

/** Returns the smallest box around both. */
export function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

/** Returns the intersection over union of two boxes, 0 to 1. */
export function iou(a: Box, b: Box): number {
  const shared = overlap(a, b);
  return shared / (a.w * a.h + b.w * b.h - shared);
}

/** Returns the box around a whole raster. */
export const wholeOf = ({ width, height }: Raster): Box => ({ x: 0, y: 0, w: width, h: height });

/** Returns a box of a part of a raster as one of the raster. */
export const moved = (box: Box, by: Box): Box => ({ ...box, x: box.x + by.x, y: box.y + by.y });

/** Copies a box out of a raster. The box must be inside. */
export function crop(raster: Raster, box: Box): Raster {
  const { channels } = raster;
  const data = new Uint8Array(box.w * box.h * channels);
  for (let y = 0; y < box.h; y++) {
    const from = ((box.y + y) * raster.width + box.x) * channels;
    data.set(raster.data.subarray(from, from + box.w * channels), y * box.w * channels);
  }
  return { width: box.w, height: box.h, channels, data };
}

/**
 * Converts a box of a reduced raster to page pixels: integers, inside the page, at least one pixel.
 * @param scale page pixels per raster pixel
 */
export function toPage(box: Box, scale: number, page: { width: number; height: number }): Box {
  const x = Math.min(Math.max(0, Math.round(box.x * scale)), page.width - 1);
  const y = Math.min(Math.max(0, Math.round(box.y * scale)), page.height - 1);
  const right = Math.min(page.width, Math.max(x + 1, Math.round((box.x + box.w) * scale)));
  const bottom = Math.min(page.height, Math.max(y + 1, Math.round((box.y + box.h) * scale)));
  return { x, y, w: right - x, h: bottom - y };
}
