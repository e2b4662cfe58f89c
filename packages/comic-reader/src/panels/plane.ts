import { edgesOf } from './edge-pixels.ts';
import type { Foreground } from './foreground.ts';
import { type StraightEdge, straightEdges } from './straight-edges.ts';

/** A page as it is searched for horizontal gutters. Vertical ones are searched on the transposed page. */
export interface Plane {
  width: number;
  height: number;
  /** Pixels that are not gutter and do not have its colour, in the order of the page: see `indexIn`. */
  ink: Uint8Array;
  /** Pixels that are neither gutter nor connected with it. */
  art: Uint8Array;
  /** Steps of an index to the next column and the next row. */
  across: number;
  down: number;
  edges: StraightEdge[];
}

/** Distance of ink that is too far away to matter. */
export const none = 65_535;

/** Returns the page as it is, and transposed. */
export function planesOf({ art, ink }: Foreground, least: number): [across: Plane, down: Plane] {
  const { width, height } = art;
  const [across, down] = edgesOf(art);
  const shared = { ink: ink.data, art: art.data };
  return [
    { ...shared, width, height, across: 1, down: width, edges: straightEdges(across, width, least) },
    {
      ...shared,
      ...{ width: height, height: width },
      ...{ across: width, down: 1 },
      edges: straightEdges(down, height, least),
    },
  ];
}

export const indexIn = ({ across, down }: Plane, x: number, y: number): number => x * across + y * down;

/** Returns the rows from a pixel up to the next ink: 0 in ink, `none` if they are more than `most`. */
export function inkAbove(plane: Plane, x: number, y: number, most: number): number {
  return toInk(plane.ink, indexIn(plane, x, y), -plane.down, Math.min(most, y));
}

/** Returns the rows from a pixel down to the next ink, like `inkAbove`. */
export function inkBelow(plane: Plane, x: number, y: number, most: number): number {
  return toInk(plane.ink, indexIn(plane, x, y), plane.down, Math.min(most, plane.height - 1 - y));
}

/** Few pixels are looked up, so that searching from each is less work than measuring all. */
function toInk(ink: Uint8Array, from: number, step: number, most: number): number {
  let at = from;
  for (let rows = 0; rows <= most; rows++, at += step) if (ink[at]) return rows;
  return none;
}
