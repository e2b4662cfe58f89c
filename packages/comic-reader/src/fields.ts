import { type Component, label } from './components.ts';
import type { Box } from './page.ts';
import type { Mask } from './raster.ts';

/** What no ink parts is one field: the inside of a balloon, a caption's box, the paper around figures. */
export interface Fields {
  /** Per pixel the number of its field, 0 where there is ink. */
  labels: Int32Array;
  width: number;
  /** Field number n is at n - 1. */
  fields: Component[];
}

/** How far from a piece its surroundings are looked at, in pixels: beyond the blur of its strokes. */
const RING = 2;
/** Share of the surroundings that has to be one field. */
const MOST = 0.5;
/** A field has room for this many pieces such as the one that stands in it; the inside of a letter has not. */
const ROOM = 3;

/** Parts what is not ink into fields. */
export function fieldsOf({ width, height, data }: Mask): Fields {
  const bare: Mask = { width, height, data: data.map((ink) => 1 - ink) };
  // Ink that touches at its corners parts fields, or a thin slanted outline would let its inside run out.
  const { labels, components } = label(bare, false);
  return { labels, width, fields: components };
}

/** The number of the field in which a piece of ink stands; 0 where it stands between several or in none. */
export function fieldAround({ labels, width, fields }: Fields, piece: Box): number {
  const height = labels.length / width;
  const counts = new Map<number, number>();
  let all = 0;
  const see = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const field = labels[y * width + x] as number;
    if (field === 0) return;
    all++;
    counts.set(field, (counts.get(field) ?? 0) + 1);
  };
  const [left, top] = [piece.x - RING, piece.y - RING];
  const [right, bottom] = [piece.x + piece.w - 1 + RING, piece.y + piece.h - 1 + RING];
  for (let x = left; x <= right; x++) {
    see(x, top);
    see(x, bottom);
  }
  for (let y = top + 1; y < bottom; y++) {
    see(left, y);
    see(right, y);
  }
  for (const [field, count] of counts) {
    const { area } = fields[field - 1] as Component;
    if (count > MOST * all && area > ROOM * piece.w * piece.h) return field;
  }
  return 0;
}
