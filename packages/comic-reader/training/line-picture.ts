import type { Raster } from '../src/image/raster.ts';
import { isolate } from '../src/reading/lettering.ts';
import { between, type Chance, pick } from './chance.ts';
import { drawLine } from './draw-line.ts';
import type { Face } from './fonts.ts';
import { handBy } from './hand.ts';
import { type Scan, scanned } from './scan.ts';

/** Heights of letters at which the reader draws a block; the first is the usual one. */
const heights = [24, 24, 24, 30];
/** Padding that tesseract adds around a line. */
const padding = 4;
/** Least contrast of lettering that the reader finds. */
const leastContrast = 60;
/** Least share of the ink that the reader keeps: a letter that reaches far out of its row looks like art. */
const leastKept = 0.9;

/**
 * Returns the picture of a line as tesseract gets it from the reader: black on white, upright, and cut out; null if the reader
 * would not draw all of it.
 */
export async function linePicture(
  chance: Chance,
  text: string,
  { face, scan }: { face: Face; scan: Scan },
): Promise<Raster | null> {
  const drawn = drawLine(chance, text, { face, hand: handBy(chance) });
  if (!drawn) return null;
  const page = await scanned(chance, drawn, scan);
  const greys = greysOf(page);
  if (Math.abs(greys.ground - greys.ink) < leastContrast) return null;
  const { box, letterHeight, letters } = drawn;
  const line = { ...box, ...greys, field: 1, letters, letterHeight, regular: 1 };
  const height = pick(chance, heights);
  const { plain } = isolate(page, { ...box, lines: [line], balloon: null }, 1, {
    letterHeight: height,
    usualSlant: 0,
  });
  const zoom = Math.min(4, Math.max(0.4, height / letterHeight));
  const kept = darkArea(plain.data, { ground: 255, ink: 0 }) / (darkArea(page.data, greys) * zoom ** 2);
  return kept < leastKept ? null : cutOut(chance, plain, height);
}

interface Greys {
  ground: number;
  ink: number;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;

/** Returns the greys of ground and ink. */
function greysOf({ data, width }: Raster): Greys {
  const ground = median([...data.subarray(0, width)]);
  const contrast = (value: number) => Math.abs(value - ground);
  const most = data.reduce((far, value) => (contrast(value) > contrast(far) ? value : far), ground);
  return { ground, ink: median([...data].filter((value) => contrast(value) > contrast(most) / 2)) };
}

/** Returns the number of pixels that are nearer to the ink. */
const darkArea = (data: Uint8Array, { ground, ink }: Greys) =>
  data.reduce((sum, value) => sum + (Math.abs(value - ground) > Math.abs(ink - ground) / 2 ? 1 : 0), 0);

/** Cuts a line out as tesseract does: its ink, and often the room that it expects around letters of their height. */
function cutOut(chance: Chance, { width, height, data }: Raster, letter: number): Raster | null {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) >= 128) continue;
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
    }
  }
  if (bottom < 0) return null;
  const room = () => Math.round(chance() < 0.5 ? between(chance, 0, 0.5 * letter) : 0) + padding;
  const beside = () => padding + Math.round(chance() * 6);
  const [above, below, before, after] = [room(), room(), beside(), beside()];
  const [w, h] = [right - left + 1 + before + after, bottom - top + 1 + above + below];
  const cut = new Uint8Array(w * h).fill(255);
  for (let y = Math.max(0, above - top); y < Math.min(h, height - top + above); y++) {
    for (let x = Math.max(0, before - left); x < Math.min(w, width - left + before); x++)
      cut[y * w + x] = data[(y + top - above) * width + x + left - before] as number;
  }
  return { width: w, height: h, channels: 1, data: cut };
}
