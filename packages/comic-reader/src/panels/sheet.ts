import { type Colour, crop, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { borderColour, type GutterColour, sameColour } from './gutter.ts';

/** The surroundings of a sheet are dark, and its paper is light: means of the channels. */
const darkestPaper = 120;
const lightestTable = 110;
/** A sheet with shorter sides, as a share of the picture's, is not a photographed page. */
const leastSide = 0.7;
/** Share that is cut off on all sides, since wedges of the table are visible around a rotated sheet. */
const cutRim = 0.04;
/** The paper's brightness once the light is evened out. */
const even = 244;

/** A photographed page: the box of its sheet, and the sheet as if evenly lit. */
export interface Sheet {
  at: Box;
  raster: Raster;
}

const brightness = ([r, g, b]: Colour) => (r + g + b) / 3;

/** Returns the light sheet in a dark surrounding; null if the picture is not a photograph of one. */
export function findSheet(page: Raster, around: GutterColour): Sheet | null {
  if (brightness(around.colour) > lightestTable) return null;
  const box = boundsOfOthers(page, around);
  if (!box || box.w < leastSide * page.width || box.h < leastSide * page.height) return null;
  const rim = Math.round(cutRim * Math.min(box.w, box.h));
  const at = { x: box.x + rim, y: box.y + rim, w: box.w - 2 * rim, h: box.h - 2 * rim };
  const raster = crop(page, at);
  const paper = borderColour(raster, 3);
  if (brightness(paper.colour) < darkestPaper) return null;
  return { at, raster: evenlyLit(raster) };
}

function boundsOfOthers(page: Raster, colour: GutterColour): Box | null {
  const table = sameColour(page, colour);
  const { width, height } = table;
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    const row = table.data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(0);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(0) + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  return right > left ? { x: left, y: top, w: right - left, h: bottom - top } : null;
}

/** Corrects light that falls off evenly over the sheet, as measured on the paper at its rim. */
function evenlyLit(sheet: Raster): Raster {
  const { width, height, data } = sheet;
  const fall = planeThrough(rimOf(sheet));
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const gain = even / Math.max(60, fall.level + fall.across * x + fall.down * y);
      const at = (y * width + x) * 3;
      for (let i = at; i < at + 3; i++) out[i] = Math.min(255, (data[i] as number) * gain);
    }
  }
  return { ...sheet, data: out };
}

interface Place {
  x: number;
  y: number;
  value: number;
}

/** Returns the brightness along the rim: the lightest pixel of each stretch, since panels can come close to it. */
function rimOf({ width, height, data }: Raster): Place[] {
  const value = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    return ((data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number)) / 3;
  };
  const stretch = 24;
  const lightest = (places: Place[]) => places.reduce((best, one) => (one.value > best.value ? one : best));
  const along = (length: number, placeOf: (at: number) => [number, number]) =>
    Array.from({ length: Math.floor(length / stretch) }, (_, part) =>
      lightest(
        Array.from({ length: stretch }, (_, i) => {
          const [x, y] = placeOf(part * stretch + i);
          return { x, y, value: value(x, y) };
        }),
      ),
    );
  return [
    ...along(width, (at) => [at, 1]),
    ...along(width, (at) => [at, height - 2]),
    ...along(height, (at) => [1, at]),
    ...along(height, (at) => [width - 2, at]),
  ];
}

/** Fits a plane by least squares; along the rim of a rectangle the two directions are independent. */
function planeThrough(places: readonly Place[]): { level: number; across: number; down: number } {
  const mean = (of: (place: Place) => number) =>
    places.reduce((sum, place) => sum + of(place), 0) / Math.max(1, places.length);
  const [x, y, value] = [mean((p) => p.x), mean((p) => p.y), mean((p) => p.value)];
  const slope = (of: (place: Place) => number) =>
    mean((p) => of(p) * (p.value - value)) /
    Math.max(
      1,
      mean((p) => of(p) ** 2),
    );
  const across = slope((p) => p.x - x);
  const down = slope((p) => p.y - y);
  return { level: value - across * x - down * y, across, down };
}
