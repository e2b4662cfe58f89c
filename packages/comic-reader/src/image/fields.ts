import type { Box } from '../page/page.ts';
import { type Component, label } from './components.ts';
import type { Mask } from './raster.ts';

/** Connected areas without ink: the inside of a balloon, a caption's box, the paper around figures. */
export interface Fields {
  /** The number of each pixel's field; 0 in ink. */
  labels: Int32Array;
  width: number;
  /** Field number n is at n - 1. */
  fields: Component[];
}

/** Distance from a piece at which its surroundings are read, in pixels: beyond the blur of its strokes. */
const ring = 2;
/** Share of the surroundings that has to belong to one field. */
const most = 0.5;
/** A field has room for this many pieces of the same size; the inside of a letter does not. */
const room = 3;

/** Divides everything except ink into fields. */
export function fieldsOf({ width, height, data }: Mask): Fields {
  const bare: Mask = { width, height, data: data.map((ink) => 1 - ink) };
  // Ink that touches at corners separates fields, otherwise a thin slanted outline would have gaps.
  const { labels, components } = label(bare, false);
  return { labels: labels(), width, fields: components };
}

/** Returns the number of the field around a piece of ink; 0 if it is between several or in none. */
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
  const [left, top] = [piece.x - ring, piece.y - ring];
  const [right, bottom] = [piece.x + piece.w - 1 + ring, piece.y + piece.h - 1 + ring];
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
    if (count > most * all && area > room * piece.w * piece.h) return field;
  }
  return 0;
}
