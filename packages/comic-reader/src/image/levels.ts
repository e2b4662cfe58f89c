import { lumaOf } from './grey.ts';
import type { Raster } from './raster.ts';

/** Parts of a page's pixels: its ink is at least as dark as the darkest ones, its paper as light as the lightest ones. */
const darkest = 0.005;
const lightest = 0.01;
/** Levels of grey. Faded ink is not lighter and yellowed paper not darker: a page without such ink or paper is drawn like that. */
const lightestInk = 112;
const darkestPaper = 144;
/** Ink and paper this close to black and white are left as they are. */
const tolerance = 12;

/** The grey of ink and of paper, from 0 to 255. */
export interface Levels {
  ink: number;
  paper: number;
}

/** Returns the levels of a page in RGB whose ink is not black or whose paper is not white, as in a faded scan; undefined for others. */
export function fadedLevels(page: Raster): Levels | undefined {
  const counts = new Uint32Array(256);
  const pixels = page.data.length / 3;
  for (let at = 0; at < page.data.length; at += 3) {
    const luma = lumaOf(page.data, at);
    counts[luma] = (counts[luma] as number) + 1;
  }
  const dark = levelAt(counts, darkest * pixels);
  const light = levelAt(counts, (1 - lightest) * pixels);
  const ink = dark > lightestInk ? 0 : dark;
  const paper = light < darkestPaper ? 255 : light;
  return ink <= tolerance && paper >= 255 - tolerance ? undefined : { ink, paper };
}

/** Returns the first level up to which there are that many pixels. */
function levelAt(counts: Uint32Array, pixels: number): number {
  let [level, seen] = [0, counts[0] as number];
  while (level < 255 && seen < pixels) {
    level++;
    seen += counts[level] as number;
  }
  return level;
}

/** Returns a page in RGB with black ink and white paper; all channels change alike, so that colours keep their hue. */
export function stretched(page: Raster): Raster {
  const levels = fadedLevels(page);
  if (!levels) return page;
  const { ink, paper } = levels;
  const values = Uint8ClampedArray.from({ length: 256 }, (_, value) => ((value - ink) * 255) / (paper - ink));
  const data = new Uint8Array(page.data.length);
  for (let at = 0; at < data.length; at++) data[at] = values[page.data[at] as number] as number;
  return { ...page, data };
}
