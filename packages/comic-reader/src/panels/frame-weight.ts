import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { besideLine, type Side, sidesOf } from './rectangles.ts';

/** Where a line has light on both sides its thickness can be measured. */
const light = 160;
/** Fewer measured places say nothing. */
const fewPlaces = 20;
/** Thickness is compared where a line is thin, since art meets it and makes it thicker there. */
export const thin = 0.2;
/** Ratio of thicknesses of lines that one pen and ruler drew. */
export const samePen = 1.12;
/** Largest distance of a picture in the corner of a panel from its two sides, as a share of the page's shorter side. */
const cornerDistance = 0.06;

/** Returns the thickness of most panels' frames, in pixels; null if it can't be measured. */
export function penOf(page: Raster, panels: readonly Box[]): number | null {
  const weights = panels
    .flatMap((panel) => weightOf(page, framesOf(page, panel)) ?? [])
    .sort((a, b) => a - b);
  return weights[weights.length >> 1] ?? null;
}

/** Returns the sides of a panel that have a frame: not those at the page's edge. */
const framesOf = ({ width, height }: Raster, panel: Box): Side[] =>
  sidesOf(panel).filter(
    ({ x, y, along }) => (along[0] ? y : x) > besideLine && (along[0] ? height - y : width - x) > besideLine,
  );

/** Returns whether the frame of a rectangle is nowhere finer than those of the panels, as far as it can be measured. */
export function isAsThick(page: Raster, box: Box, pen: number | null): boolean {
  const own = weightOf(page, sidesOf(box), thin);
  return own === null || pen === null || own * samePen >= pen;
}

/**
 * Returns whether a rectangle is in a corner of a panel, within a frame that is nowhere finer than those of the panels: where artists
 * place small panels. A window or a board is drawn with a finer pen.
 */
export function isFramedInCorner(
  page: Raster,
  box: Box,
  panels: readonly Box[],
  pen: number | null,
): boolean {
  const own = weightOf(page, sidesOf(box), thin);
  if (own === null || pen === null || own * samePen < pen) return false;
  const near = cornerDistance * Math.min(page.width, page.height);
  return panels.some((panel) => {
    const isNear = (gap: number) => gap > besideLine && gap <= near;
    const [left, top] = [box.x - panel.x, box.y - panel.y];
    const right = panel.x + panel.w - box.x - box.w;
    const bottom = panel.y + panel.h - box.y - box.h;
    if (Math.min(left, top, right, bottom) < 0) return false;
    return (isNear(left) || isNear(right)) && (isNear(top) || isNear(bottom));
  });
}

/**
 * Returns the thickness of lines, by their darkness, in pixels; null if art hides it.
 * @param share of the places on them that are thinner; by default half of them
 */
export function weightOf(
  { width, height, data }: Raster,
  lines: readonly Side[],
  share = 0.5,
): number | null {
  const weights: number[] = [];
  for (const { x, y, along, out, length } of lines) {
    for (let i = 2 * besideLine; i < length - 2 * besideLine; i += 2) {
      const valueAt = (d: number) => {
        const [px, py] = [x + i * along[0] + d * out[0], y + i * along[1] + d * out[1]];
        return px < 0 || py < 0 || px >= width || py >= height
          ? 255
          : (data[3 * (py * width + px) + 1] as number);
      };
      if (valueAt(-besideLine - 2) < light || valueAt(besideLine + 2) < light) continue;
      let weight = 0;
      for (let d = -besideLine - 1; d <= besideLine + 1; d++) weight += (255 - valueAt(d)) / 255;
      weights.push(weight);
    }
  }
  if (weights.length < fewPlaces) return null;
  return weights.sort((a, b) => a - b)[Math.floor(share * weights.length)] as number;
}
