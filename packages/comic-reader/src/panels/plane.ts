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
  const inkAbove = new Uint16Array(ink.length);
  const inkBelow = new Uint16Array(ink.length);
  for (let at = 0; at < ink.length; at++) {
    const before = at < width ? none : (inkAbove[at - width] as number);
    inkAbove[at] = ink[at] ? 0 : before === none ? none : before + 1;
  }
  for (let at = ink.length - 1; at >= 0; at--) {
    const before = at + width < ink.length ? (inkBelow[at + width] as number) : none;
    inkBelow[at] = ink[at] ? 0 : before === none ? none : before + 1;
  }
  return {
    width,
    height,
    ink,
    art,
    inkAbove,
    inkBelow,
    edges: straightEdges(art, width, least),
  };
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
