import type { Colour, Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { rowKinds } from './even-rows.ts';
import { difference } from './gutter.ts';
import { groundOfStrip } from './strip-ground.ts';

/** Share of a row's pixels that can be specks in an even row. */
const outliers = 0.02;

/** Returns whether a page is a strip that scrolls: it is this much taller than wide. */
export const isStrip = (page: { width: number; height: number }) => page.height > page.width * 2.5;

/**
 * Splits a strip at its even ground. The ground can change from white to black between scenes, so a single gutter colour
 * does not separate them. The even sky of a scene belongs to it.
 * @param page RGB
 * @returns full-width parts from the top; none if the whole strip is even
 */
export function scenes(page: Raster): Box[] {
  // The search for panels handles narrower gaps: they are gutters.
  const gap = Math.max(6, Math.round(page.width * 0.05));
  const least = Math.round(page.width * 0.08);
  const parts: Box[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end - start >= least) parts.push({ x: 0, y: start, w: page.width, h: end - start });
  };
  for (const { from, to } of groundOfStrip(rowKinds(page.data, page.width, outliers))) {
    if (to - from < gap && from > 0 && to < page.height) continue;
    close(from);
    start = to;
  }
  close(page.height);
  return parts;
}

/** Returns the even colour above a part, or below it. */
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
const otherGround = 40;

/** Returns whether a part has the ground of a picture at both edges, and not the strip's. */
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
    if (difference(left, ground) > otherGround && difference(right, ground) > otherGround) other++;
  }
  return other >= 0.7 * part.h;
}

/** Returns the share of a part that differs from its left and right edge: low for lettering that floats between scenes. */
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
