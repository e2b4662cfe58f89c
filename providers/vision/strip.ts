import type { Box } from '../../domain/page.ts';
import { difference } from './gutter.ts';
import type { Colour, Raster } from './raster.ts';

/** A row is empty when its values in each channel, but for a few outliers, lie within this range. */
const UNIFORM_RANGE = 26;
const OUTLIERS = 0.02;

/** A page this much taller than wide is a strip that scrolls. */
export const isStrip = (page: { width: number; height: number }) => page.height > page.width * 2.5;

/**
 * Parts a strip at its empty stretches, whatever their colour: strips change from white to black between scenes,
 * so no single gutter colour parts them.
 * @param page RGB
 * @returns full-width parts from the top; empty when the whole strip is
 */
export function scenes(page: Raster): Box[] {
  // Narrower gaps are gutters, which the search for panels knows; skies are full of thin empty stretches.
  const gap = Math.max(6, Math.round(page.width * 0.05));
  const least = Math.round(page.width * 0.08);
  const parts: Box[] = [];
  let start = -1;
  let empty = 0;
  const close = (end: number) => {
    if (start >= 0 && end - start >= least) parts.push({ x: 0, y: start, w: page.width, h: end - start });
    start = -1;
  };
  for (let y = 0; y < page.height; y++) {
    if (isEmptyRow(page, y)) {
      empty++;
      if (empty === gap) close(y + 1 - gap);
    } else {
      if (start < 0) start = y;
      empty = 0;
    }
  }
  close(page.height - (empty < gap ? empty : 0));
  return parts;
}

/** Per channel, since a dark red and a dark grey are alike in brightness. */
function isEmptyRow(page: Raster, y: number): boolean {
  return [0, 1, 2].every((channel) => channelRange(page, y, channel) <= UNIFORM_RANGE);
}

/** Spread of one channel's values in a row, without the outliers at both ends. */
function channelRange({ width, data }: Raster, y: number, channel: number): number {
  const counts = new Uint32Array(64);
  for (let at = y * width * 3 + channel; at < (y + 1) * width * 3; at += 3) {
    const bin = (data[at] as number) >> 2;
    counts[bin] = (counts[bin] as number) + 1;
  }
  const drop = Math.floor(width * OUTLIERS);
  const edge = (from: number, step: 1 | -1) => {
    let seen = 0;
    for (let i = from; i >= 0 && i < counts.length; i += step) {
      seen += counts[i] as number;
      if (seen > drop) return i;
    }
    return from;
  };
  return (edge(63, -1) - edge(0, 1)) * 4;
}

/** The even colour that a part stands on: of the empty stretch above it, or below it. */
function groundOf(page: Raster, part: Box): Colour | null {
  const row = part.y > 1 ? part.y - 2 : part.y + part.h + 1;
  if (row >= page.height) return null;
  const sum: [number, number, number] = [0, 0, 0];
  for (let x = 0; x < page.width; x++) {
    for (const i of [0, 1, 2] as const) sum[i] += page.data[(row * page.width + x) * 3 + i] as number;
  }
  return [sum[0] / page.width, sum[1] / page.width, sum[2] / page.width];
}

/** Colours further apart are not the same ground. */
const OTHER = 40;

/** Whether a part has a picture's own ground at both of its edges, rather than the strip's. */
export function hasOwnGround(page: Raster, part: Box): boolean {
  const ground = groundOf(page, part);
  if (!ground) return false;
  const at = (x: number, y: number): Colour => {
    const pixel = (y * page.width + x) * 3;
    return [data(page, pixel), data(page, pixel + 1), data(page, pixel + 2)];
  };
  let other = 0;
  for (let y = part.y; y < part.y + part.h; y++) {
    const [left, right] = [at(1, y), at(page.width - 2, y)];
    if (difference(left, ground) > OTHER && difference(right, ground) > OTHER) other++;
  }
  return other >= 0.7 * part.h;
}

/** Share of a part that is something else than its left and right edge: lettering that floats between scenes has little. */
export function filled(page: Raster, part: Box): number {
  let other = 0;
  for (let y = part.y; y < part.y + part.h; y++) {
    const left = y * page.width * 3;
    const right = (y * page.width + page.width - 1) * 3;
    for (let x = 0; x < page.width; x++) {
      const at = left + x * 3;
      const far = (edge: number) =>
        Math.abs(data(page, at) - data(page, edge)) > 24 ||
        Math.abs(data(page, at + 1) - data(page, edge + 1)) > 24;
      if (far(left) && far(right)) other++;
    }
  }
  return other / (part.w * part.h);
}

const data = (page: Raster, at: number) => page.data[at] as number;
