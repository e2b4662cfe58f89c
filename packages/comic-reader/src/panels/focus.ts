import { intersection, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { subjectOf } from './subject-cells.ts';

/** Cells on the longer side of a panel: fine enough for a face, few enough to try every rectangle. */
const cells = 20;
/** Least share of each side of the panel: a camera should not show an eye alone. */
const leastSide = 0.3;
/** Rim of a panel that is ignored: frames, and what sticks into it. */
const ignoredRim = 0.04;

/**
 * Finds the subject of a panel: the rectangle with more detail, skin and salient colour than is usual in this panel. It does
 * not detect faces: they are what is drawn finest, in the colour of skin.
 * @param page RGB
 * @param bubbles lettering of the page, which is never the subject
 * @returns a box inside the panel, in the raster's pixels; null if nothing stands out
 */
export function findFocus(page: Raster, panel: Box, bubbles: readonly Box[]): Box | null {
  const rim = Math.round(Math.min(panel.w, panel.h) * ignoredRim);
  const inner = { x: panel.x + rim, y: panel.y + rim, w: panel.w - 2 * rim, h: panel.h - 2 * rim };
  if (inner.w < 2 || inner.h < 2) return null;
  const cell = Math.max(2, Math.ceil(Math.max(inner.w, inner.h) / cells));
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

/** Weighs a position: 1 in the middle, a little less at the ends, since a subject is seldom at the rim. */
const central = (i: number, of: number) => 1 - 0.3 * Math.abs((2 * (i + 0.5)) / of - 1) ** 2;

const areaOf = (box: Box | null) => (box ? box.w * box.h : 0);

interface Usual {
  mean: [number, number, number];
  /** Share of the panel in the colour of skin; a large share, e.g. of a sky, makes it weak evidence. */
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

/** Returns the sum of detail, difference from the panel's mean colour, and skin; each is about 0 to 1. */
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
      // Steps are limited, so that one black outline does not outweigh a finely drawn face.
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

/** Returns whether a pixel has the colour of painted skin, from light to brown: red > green > blue, neither pale nor dark. */
function isSkin(data: Uint8Array, at: number): boolean {
  const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
  return r > 95 && r - g >= 12 && r - g <= 90 && g >= b && r - b >= 25 && r - b <= 130;
}

/** Grows a box about its middle to at least `leastSide` of the panel, and moves it inside. */
function grown(box: Box, panel: Box): Box {
  const side = (at: number, size: number, from: number, extent: number) => {
    const wide = Math.max(size, Math.ceil(extent * leastSide));
    const start = Math.round(at + (size - wide) / 2);
    return [Math.min(Math.max(from, start), from + extent - wide), wide] as const;
  };
  const [x, w] = side(box.x, box.w, panel.x, panel.w);
  const [y, h] = side(box.y, box.h, panel.y, panel.h);
  return { x, y, w, h };
}
