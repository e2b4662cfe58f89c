import type { Box } from './page.ts';
import { intersection, type Raster } from './raster.ts';
import { subjectOf } from './subject-cells.ts';

/** Cells on the longer side of a panel: fine enough for a face, few enough to try every rectangle. */
const CELLS = 20;
/** The subject takes at least this share of each side of its panel, or a camera would stare at an eye. */
const LEAST_SIDE = 0.3;
/** Frames and what sticks into the panel are not the subject. */
const RIM = 0.04;

/**
 * Where a panel has its subject: the rectangle that has most detail, skin and standing-out colour over what is
 * ordinary in this panel. Knows nothing of faces as such: they are what is drawn finest, in a skin's colour.
 * @param page RGB
 * @param bubbles lettering of the page, which is never the subject
 * @returns a box inside the panel, in the raster's pixels; null where nothing stands out
 */
export function findFocus(page: Raster, panel: Box, bubbles: readonly Box[]): Box | null {
  const rim = Math.round(Math.min(panel.w, panel.h) * RIM);
  const inner = { x: panel.x + rim, y: panel.y + rim, w: panel.w - 2 * rim, h: panel.h - 2 * rim };
  if (inner.w < 2 || inner.h < 2) return null;
  const cell = Math.max(2, Math.ceil(Math.max(inner.w, inner.h) / CELLS));
  const columns = Math.floor(inner.w / cell);
  const rows = Math.floor(inner.h / cell);
  if (columns < 2 || rows < 2) return null;
  const grid = { columns, rows, values: new Float64Array(columns * rows) };
  const usual = usualColours(page, inner);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const box = { x: inner.x + column * cell, y: inner.y + row * cell, w: cell, h: cell };
      const lettered = bubbles.reduce((sum, bubble) => sum + areaOf(intersection(box, bubble)), 0);
      const bare = Math.max(0, 1 - lettered / (cell * cell));
      grid.values[row * columns + column] =
        bare * central(column, columns) * central(row, rows) * interest(page, box, usual);
    }
  }
  const best = subjectOf(grid);
  if (!best) return null;
  const x = inner.x + (best.x - 0.5) * cell;
  const y = inner.y + (best.y - 0.5) * cell;
  return intersection(grown({ x, y, w: (best.w + 1) * cell, h: (best.h + 1) * cell }, panel), panel);
}

/** Who draws a subject seldom puts it at the rim: 1 in the middle, a little less at the ends. */
const central = (i: number, of: number) => 1 - 0.3 * Math.abs((2 * (i + 0.5)) / of - 1) ** 2;

const areaOf = (box: Box | null) => (box ? box.w * box.h : 0);

interface Usual {
  mean: [number, number, number];
  /** Share of the panel in a skin's colour: where the whole sky has it, it says little. */
  skin: number;
}

function usualColours({ width, data }: Raster, box: Box): Usual {
  const sum: [number, number, number] = [0, 0, 0];
  let skin = 0;
  for (let y = box.y; y < box.y + box.h; y++) {
    for (let at = (y * width + box.x) * 3; at < (y * width + box.x + box.w) * 3; at += 3) {
      for (const i of [0, 1, 2] as const) sum[i] += data[at + i] as number;
      if (isSkin(data, at)) skin++;
    }
  }
  const pixels = box.w * box.h;
  return { mean: [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels], skin: skin / pixels };
}

/** Detail, plus how far the colour is from the panel's own, plus skin. Each is about 0 to 1. */
function interest({ width, data }: Raster, box: Box, usual: Usual): number {
  let detail = 0;
  let skin = 0;
  let apart = 0;
  for (let y = box.y; y < box.y + box.h; y++) {
    for (let x = box.x; x < box.x + box.w; x++) {
      const at = (y * width + x) * 3;
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const right = x + 1 < width ? at + 3 : at;
      const below = at + width * 3 < data.length ? at + width * 3 : at;
      // Steps are capped, so that one black outline does not outweigh a finely drawn face.
      detail += Math.min(
        40,
        Math.abs(g - (data[right + 1] as number)) + Math.abs(g - (data[below + 1] as number)),
      );
      apart += Math.abs(r - usual.mean[0]) + Math.abs(g - usual.mean[1]) + Math.abs(b - usual.mean[2]);
      if (isSkin(data, at)) skin++;
    }
  }
  const pixels = box.w * box.h;
  const telling = 0.8 * Math.max(0, 1 - 2 * usual.skin);
  return detail / pixels / 40 + 0.4 * Math.min(1, apart / pixels / 240) + telling * (skin / pixels);
}

/** Red over green over blue, neither pale nor dark: skin as it is painted, from light to brown. */
function isSkin(data: Uint8Array, at: number): boolean {
  const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  return r > 95 && r - g >= 12 && r - g <= 90 && g >= b && r - b >= 25 && r - b <= 130;
}

/** At least `LEAST_SIDE` of the panel, around the same middle, moved to stay inside. */
function grown(box: Box, panel: Box): Box {
  const side = (at: number, size: number, from: number, extent: number) => {
    const wide = Math.max(size, Math.ceil(extent * LEAST_SIDE));
    const start = Math.round(at + (size - wide) / 2);
    return [Math.min(Math.max(from, start), from + extent - wide), wide] as const;
  };
  const [x, w] = side(box.x, box.w, panel.x, panel.w);
  const [y, h] = side(box.y, box.h, panel.y, panel.h);
  return { x, y, w, h };
}
