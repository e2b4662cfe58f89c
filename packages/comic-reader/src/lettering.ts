import { type Component, label } from './components.ts';
import type { Box } from './page.ts';
import { emptyMask, type Mask, type Raster, union } from './raster.ts';
import { rowsOfPieces } from './row-marks.ts';
import { sheared, slantOf } from './slant.ts';
import type { TextBlock } from './text-blocks.ts';
import type { TextLine } from './text-lines.ts';

/** White margin around the picture of a block, in pixels. */
export const MARGIN = 12;
/** Ratio of sizes from which a row gets its own scale; the other letters of a bubble have one scale. */
const OTHER_SIZE = 1.5;
/** Size of pieces close above or below a row that are its marks, in sizes of its letters. */
const SMALLER = 0.7;
/** Room around a row's letters, in their height: for two stacked diacritics above, a hook below, points at both ends. */
const ABOVE = 0.75;
const BELOW = 0.6;
const BESIDE = 0.85;
/** Distance up to which a row's neighbours compete for a mark between them, in the height of its letters. */
const NEIGHBOURS = 1.5;
/** Where white begins between ink and ground, since paper is never quite even. */
const WHITE_FROM = 0.85;
/** The blur around a stroke, in pixels of the picture. */
const RIM = 2;

/**
 * Draws only the rows of a block, black on white, at the size that suits the recognizer, with space between them. Outlines,
 * tails and art around the letters, and marks of one row that reach into another, would be read as false words.
 * @param page grey, at the best available resolution
 * @param scale pixels of this page per pixel of the raster that the block was found in
 * @param letterHeight median height of its letters in the picture, in pixels
 */
export function isolate(page: Raster, block: TextBlock, scale: number, letterHeight: number): Raster {
  const rows = rowsOf(block.lines);
  const usual = middle(block.lines.map((l) => l.letterHeight));
  const strips = rows.map((row) => {
    const other = Math.max(row.letterHeight, usual) > OTHER_SIZE * Math.min(row.letterHeight, usual);
    const zoom = Math.min(4, Math.max(0.4, letterHeight / ((other ? row.letterHeight : usual) * scale)));
    const picture = drawRow(page, row, rows, scale, zoom);
    return { left: Math.round((row.x - block.x) * scale * zoom), picture };
  });
  const slant = slantOf(strips.map(({ picture }) => picture));
  return stack(strips.map(({ left, picture }) => ({ left, picture: sheared(picture, slant) })));
}

/** Joins the parts of rows with wide spaces; returns rows from the top. */
export function rowsOf(lines: readonly TextLine[]): TextLine[] {
  const rows: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => b.letters - a.letters)) {
    const at = rows.findIndex((row) => {
      const shared = Math.min(row.y + row.h, line.y + line.h) - Math.max(row.y, line.y);
      return shared > 0.5 * Math.min(row.h, line.h);
    });
    const row = rows[at];
    if (!row && rows.some((of) => isMarkOf(of, line))) continue;
    if (row) rows[at] = { ...row, ...union(row, line), letters: row.letters + line.letters };
    else rows.push(line);
  }
  return rows.sort((a, b) => a.y - b.y);
}

/** Returns whether a line is only hooks and accents over a row, or dots under it. */
function isMarkOf(row: TextLine, line: TextLine): boolean {
  const middle = line.y + line.h / 2;
  return (
    line.letterHeight < SMALLER * row.letterHeight &&
    middle > row.y - ABOVE * row.letterHeight &&
    middle < row.y + row.h + BELOW * row.letterHeight
  );
}

function drawRow(
  page: Raster,
  row: TextLine,
  rows: readonly TextLine[],
  scale: number,
  zoom: number,
): Raster {
  const toPicture = scale * zoom;
  const letter = row.letterHeight;
  const left = row.x - letter * BESIDE;
  const top = row.y - letter * (ABOVE + NEIGHBOURS);
  const width = Math.ceil((row.w + 2 * letter * BESIDE) * toPicture);
  const height = Math.ceil((row.h + letter * (ABOVE + BELOW + 2 * NEIGHBOURS)) * toPicture);
  const data = new Uint8Array(width * height);
  const gain = 255 / (WHITE_FROM * (row.ground - row.ink));
  for (let y = 0; y < height; y++) {
    const sourceY = (y / toPicture + top) * scale;
    for (let x = 0; x < width; x++) {
      const value = sample(page, (x / toPicture + left) * scale, sourceY);
      data[y * width + x] = Math.min(255, Math.max(0, (value - row.ink) * gain));
    }
  }
  const picture: Raster = { width, height, channels: 1, data };
  const inPicture = ({ x, y, w, h }: Box): Box => ({
    x: (x - left) * toPicture,
    y: (y - top) * toPicture,
    w: w * toPicture,
    h: h * toPicture,
  });
  const rim = Math.round(letter * NEIGHBOURS * toPicture);
  const { labels, components } = label(darkOf(picture));
  // A single piece can be a mark that was mistaken for a row.
  const lines = rows.filter((other) => other === row || other.letters > 1);
  const owners = rowsOfPieces(components, lines.map(inPicture), letter * toPicture);
  const own = lines.indexOf(row);
  const kept = components.map(
    (c, i) => owners[i] === own && !isStranger(c, picture, rim, letter * toPicture),
  );
  return cropped(keepOnly(picture, labels, kept), rim);
}

function darkOf({ width, height, data }: Raster): Mask {
  const dark = emptyMask(width, height);
  for (let i = 0; i < data.length; i++) dark.data[i] = (data[i] as number) < 128 ? 1 : 0;
  return dark;
}

/**
 * Returns whether a piece reaches in from outside, like rims and tails of bubbles and art. Letters end inside; only long ones
 * like a g reach the lower edge, and they have the size of letters.
 * @param rim rows above and below that do not belong to the row
 */
function isStranger(c: Component, { width, height }: Raster, rim: number, letter: number): boolean {
  const reachesOut = c.x === 0 || c.x + c.w === width || c.y <= rim || c.y + c.h >= height - rim;
  return reachesOut && (c.h > 1.7 * letter || c.w > 2.2 * letter || c.x === 0 || c.x + c.w === width);
}

/** Removes all pieces except those to keep, each with its blurred rim. */
function keepOnly({ width, height, data }: Raster, labels: Int32Array, kept: readonly boolean[]): Raster {
  const clean = new Uint8Array(data.length).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!kept[(labels[y * width + x] as number) - 1]) continue;
      for (let v = Math.max(0, y - RIM); v <= Math.min(height - 1, y + RIM); v++) {
        const from = v * width + Math.max(0, x - RIM);
        clean.set(data.subarray(from, v * width + Math.min(width, x + RIM + 1)), from);
      }
    }
  }
  return { width, height, channels: 1, data: clean };
}

/** Removes rows above and below. */
function cropped({ width, height, data }: Raster, rim: number): Raster {
  const left = data.subarray(rim * width, (height - rim) * width);
  return { width, height: height - 2 * rim, channels: 1, data: left };
}

/** Draws rows under each other on white, each with its indent. */
function stack(strips: readonly { left: number; picture: Raster }[]): Raster {
  const leftmost = Math.min(...strips.map(({ left }) => left));
  const width = Math.max(...strips.map(({ left, picture }) => left - leftmost + picture.width)) + 2 * MARGIN;
  const height = strips.reduce((sum, { picture }) => sum + picture.height, 0) + 2 * MARGIN;
  const data = new Uint8Array(width * height).fill(255);
  let top = MARGIN;
  for (const { left, picture } of strips) {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * picture.width, (y + 1) * picture.width);
      data.set(row, (top + y) * width + MARGIN + left - leftmost);
    }
    top += picture.height;
  }
  return { width, height, channels: 1, data };
}

/** Returns the bilinear interpolation at a point. */
function sample({ width, height, data }: Raster, x: number, y: number): number {
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const fx = Math.min(1, Math.max(0, x - x0));
  const fy = Math.min(1, Math.max(0, y - y0));
  const above = (data[y0 * width + x0] as number) * (1 - fx) + (data[y0 * width + x1] as number) * fx;
  const below = (data[y1 * width + x0] as number) * (1 - fx) + (data[y1 * width + x1] as number) * fx;
  return above * (1 - fy) + below * fy;
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
