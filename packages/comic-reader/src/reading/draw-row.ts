import { type Component, label } from '../image/components.ts';
import { elongationOf } from '../image/elongation.ts';
import { emptyMask, type Mask, type Raster } from '../image/raster.ts';
import type { TextLine } from '../lettering/text-line.ts';
import type { Box } from '../page/page.ts';
import { darkenFaintMarks } from './faint-marks.ts';
import { grownLetters } from './grown-letters.ts';
import { partJoinedRows } from './joined-rows.ts';
import { highestMark, rowsOfPieces } from './row-marks.ts';
import { dotsOfTone } from './texture.ts';

/** Room around a row's letters, in their height: for two stacked diacritics above, a hook below, points at both ends. */
export const roomAbove = 0.75;
export const roomBelow = 0.6;
const beside = 0.85;
/** Distance up to which a row's neighbours compete for a mark between them, in the height of its letters. */
const neighbours = 1.5;
/** Least width of letters that touch, in their height. */
const severalLetters = 1.3;
/** Where white begins between ink and ground, since paper is never quite even. */
const whiteFrom = 0.85;
/** The blur around a stroke, in pixels of the picture. */
const strokeRim = 2;

/** Pictures of a row. */
export interface RowPictures {
  /** Without pieces of other rows and of art around it. */
  plain: Raster;
  /** With letters that touch the outline around them; the same as `plain` if none does. */
  grown: Raster;
}

/**
 * Draws one row of a block at `zoom`, black on white.
 * @param rows all rows of the block
 * @param scale pixels of the page per pixel of the raster that the row was found in
 */
export function drawRow(
  page: Raster,
  row: TextLine,
  rows: readonly TextLine[],
  scale: number,
  zoom: number,
): RowPictures {
  const toPicture = scale * zoom;
  const letter = row.letterHeight;
  const left = row.x - letter * beside;
  const top = row.y - letter * (roomAbove + neighbours);
  const width = Math.ceil((row.w + 2 * letter * beside) * toPicture);
  const height = Math.ceil((row.h + letter * (roomAbove + roomBelow + 2 * neighbours)) * toPicture);
  const gain = 255 / (whiteFrom * (row.ground - row.ink));
  const picture = sampled(page, {
    columns: Float64Array.from({ length: width }, (_, x) => (x / toPicture + left) * scale),
    rows: Float64Array.from({ length: height }, (_, y) => (y / toPicture + top) * scale),
    greyOf: (value) => Math.min(255, Math.max(0, (value - row.ink) * gain)),
  });
  darkenFaintMarks(picture, letter * toPicture);
  const inPicture = ({ x, y, w, h }: Box): Box => ({
    x: (x - left) * toPicture,
    y: (y - top) * toPicture,
    w: w * toPicture,
    h: h * toPicture,
  });
  const rim = Math.round(letter * neighbours * toPicture);
  // A single piece can be a mark that was mistaken for a row; a high or wide one is letters that touch.
  const isRow = ({ letters, w, h }: TextLine) =>
    letters > 1 || h >= highestMark * letter || w >= severalLetters * h;
  const lines = rows
    .filter((other) => other === row || isRow(other))
    .map((line) => ({ line, box: inPicture(line) }));
  const boxes = lines.map(({ box }) => box);
  const { labels, components } = piecesOf(picture, boxes, letter * toPicture);
  const marks = components.map((piece) => ({
    ...piece,
    elongation: piece.h < highestMark * letter * toPicture ? elongationOfPiece(piece, picture, labels) : 1,
  }));
  const isDot = dotsOfTone(components, letter * toPicture);
  const owners = rowsOfPieces(marks, boxes, letter * toPicture);
  const own = lines.findIndex(({ line }) => line === row);
  const isStrange = components.map((c) => isStranger(c, picture, rim, letter * toPicture));
  const kept = components.map((_, i) => owners[i] === own && !isStrange[i] && !isDot[i]);
  const plain = cropped(keepOnly(picture, labels, kept, null), rim);
  const isOutside = (piece: number) => isStrange[piece - 1] as boolean;
  const pieces = { width, height, labels, isStranger: isOutside };
  const grown = grownLetters(pieces, inPicture(row), letter * toPicture);
  return { plain, grown: grown ? cropped(keepOnly(picture, labels, kept, grown), rim) : plain };
}

/** Finds the pieces of ink of a picture; letters of two rows that touch are apart. */
function piecesOf(picture: Raster, rows: readonly Box[], letter: number) {
  const dark = darkOf(picture);
  const { labels: labelsOf, components } = label(dark);
  const labels = labelsOf();
  if (!partJoinedRows(dark, labels, { pieces: components, rows, letter })) return { labels, components };
  const parted = label(dark);
  return { labels: parted.labels(), components: parted.components };
}

/** Returns the elongation of a piece with its blur, without which two or three pixels show no shape. */
function elongationOfPiece(
  { x, y, w, h, label: own }: Component,
  { width, height, data }: Raster,
  labels: Int32Array,
): number {
  const [left, top] = [Math.max(0, x - strokeRim), Math.max(0, y - strokeRim)];
  const right = Math.min(width, x + w + strokeRim);
  const bottom = Math.min(height, y + h + strokeRim);
  return elongationOf({ x: left, y: top, w: right - left, h: bottom - top }, width, (at) =>
    labels[at] === 0 || labels[at] === own ? 255 - (data[at] as number) : 0,
  );
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

/** Removes all pieces except those to keep and the pixels of grown letters, each with its blurred rim. */
function keepOnly(
  { width, height, data }: Raster,
  labels: Int32Array,
  kept: readonly boolean[],
  grown: Uint8Array | null,
): Raster {
  const clean = new Uint8Array(data.length).fill(255);
  const isKept = Uint8Array.from([false, ...kept], Number);
  const copyRow = (y: number, left: number, right: number) => {
    for (let v = Math.max(0, y - strokeRim); v <= Math.min(height - 1, y + strokeRim); v++)
      clean.set(data.subarray(v * width + left, v * width + right), v * width + left);
  };
  for (let y = 0; y < height; y++) {
    let [left, right] = [0, 0];
    for (let x = 0; x < width; x++) {
      if (!isKept[labels[y * width + x] as number] && !grown?.[y * width + x]) continue;
      if (x - strokeRim > right) {
        copyRow(y, left, right);
        left = x - strokeRim;
      }
      right = Math.min(width, x + strokeRim + 1);
    }
    copyRow(y, left, right);
  }
  return { width, height, channels: 1, data: clean };
}

/** Removes rows above and below. */
function cropped({ width, height, data }: Raster, rim: number): Raster {
  const left = data.subarray(rim * width, (height - rim) * width);
  return { width, height: height - 2 * rim, channels: 1, data: left };
}

/** Returns the bilinear interpolation of a page at the crossings of columns and rows, each value changed to another grey. */
function sampled(
  { width, height, data }: Raster,
  { columns, rows, greyOf }: { columns: Float64Array; rows: Float64Array; greyOf: (value: number) => number },
): Raster {
  const [before, after, shares] = neighboursOf(columns, width);
  const [above, below, parts] = neighboursOf(rows, height);
  const picture = new Uint8Array(columns.length * rows.length);
  for (let y = 0; y < rows.length; y++) {
    const upper = (above[y] as number) * width;
    const lower = (below[y] as number) * width;
    const part = parts[y] as number;
    for (let x = 0; x < columns.length; x++) {
      const left = before[x] as number;
      const right = after[x] as number;
      const share = shares[x] as number;
      const up = (data[upper + left] as number) * (1 - share) + (data[upper + right] as number) * share;
      const down = (data[lower + left] as number) * (1 - share) + (data[lower + right] as number) * share;
      picture[y * columns.length + x] = greyOf(up * (1 - part) + down * part);
    }
  }
  return { width: columns.length, height: rows.length, channels: 1, data: picture };
}

/** Returns the pixels before and after each place along a side, and the share of the second one. */
function neighboursOf(places: Float64Array, side: number): [Int32Array, Int32Array, Float64Array] {
  const before = Int32Array.from(places, (at) => Math.min(side - 1, Math.max(0, Math.floor(at))));
  const after = before.map((at) => Math.min(side - 1, at + 1));
  return [before, after, places.map((at, i) => Math.min(1, Math.max(0, at - (before[i] as number))))];
}
