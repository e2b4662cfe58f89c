import type { Foreground } from './gutter.ts';
import { type StraightEdge, straightEdges } from './straight-edges.ts';

/** A page as it is searched for horizontal gutters. Vertical ones are searched on the transposed page. */
export interface Plane {
  width: number;
  height: number;
  /** Pixels that are not gutter and do not have its colour. */
  ink: Uint8Array;
  /** Pixels that are neither gutter nor connected with it. */
  art: Uint8Array;
  /** Rows from a pixel up or down to the next ink: 0 in ink, `none` without ink. */
  inkAbove: Uint16Array;
  inkBelow: Uint16Array;
  edges: StraightEdge[];
}

export const none = 65_535;

/** Returns the page as it is, and transposed. */
export function planesOf({ art, ink }: Foreground, least: number): [across: Plane, down: Plane] {
  const { width, height } = art;
  return [
    planeOf(ink.data, art.data, width, height, least),
    planeOf(turn(ink.data, width, height), turn(art.data, width, height), height, width, least),
  ];
}

function planeOf(ink: Uint8Array, art: Uint8Array, width: number, height: number, least: number): Plane {
  return {
    width,
    height,
    ink,
    art,
    inkAbove: rowsToInk(ink, width, 0, 1),
    inkBelow: rowsToInk(ink, width, ink.length - width, -1),
    edges: straightEdges(art, width, least),
  };
}

/** Returns the rows from each pixel to the next ink, counted from the row at `first` on. */
function rowsToInk(ink: Uint8Array, width: number, first: number, step: 1 | -1): Uint16Array {
  const rows = new Uint16Array(ink.length);
  for (let at = first; at < first + width; at++) rows[at] = ink[at] ? 0 : none;
  for (let row = first + step * width; row >= 0 && row < ink.length; row += step * width) {
    const before = row - step * width;
    for (let x = 0; x < width; x++) {
      const next = (rows[before + x] as number) + 1;
      // Without branches, which ink makes unpredictable: `none` stays `none`, and ink, which is 1, gives 0.
      rows[row + x] = (next - (next >> 16)) & ((ink[row + x] as number) - 1);
    }
  }
  return rows;
}

/** Side of the squares that are transposed one after another, so that the rows of both stay in the cache. */
const square = 32;

function turn(data: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let top = 0; top < height; top += square) {
    const bottom = Math.min(height, top + square);
    for (let left = 0; left < width; left += square) {
      const right = Math.min(width, left + square);
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) out[x * height + y] = data[y * width + x] as number;
    }
  }
  return out;
}
