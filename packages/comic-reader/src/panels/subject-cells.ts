import { union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** A cell belongs to the subject if it has more than this share of the mean of all cells. */
const leastWeight = 1.05;
/** A second place with this share of the first one's weight is a subject too: two people who talk are both shown. */
const secondShare = 0.4;

/** A panel as a grid of cells, row by row, each with its interest. */
export interface Grid {
  columns: number;
  rows: number;
  values: Float64Array;
}

/** Returns the densest rectangle, joined with the next one if that weighs nearly as much. */
export function subjectOf({ columns, rows, values }: Grid): Box | null {
  const ordinary = (leastWeight * values.reduce((sum, v) => sum + v, 0)) / values.length;
  const over = { columns, rows, values: values.map((v) => v - ordinary) };
  const first = densest(over);
  if (!first) return null;
  for (let y = first.y; y < first.y + first.h; y++) {
    const from = y * columns + first.x;
    over.values.fill(-ordinary, from, from + first.w);
  }
  const second = densest(over);
  return second && second.sum >= secondShare * first.sum ? union(first, second) : first;
}

/** Returns the rectangle with the greatest sum (Kadane's scan over every band of rows); null if all cells are below 0. */
function densest({ columns, rows, values }: Grid): (Box & { sum: number }) | null {
  let best: (Box & { sum: number }) | null = null;
  for (let top = 0; top < rows; top++) {
    const band = new Float64Array(columns);
    for (let bottom = top; bottom < rows; bottom++) {
      let sum = 0;
      let from = 0;
      for (let x = 0; x < columns; x++) {
        band[x] = (band[x] as number) + (values[bottom * columns + x] as number);
        if (sum <= 0) {
          sum = 0;
          from = x;
        }
        sum += band[x] as number;
        if (sum > (best?.sum ?? 0)) best = { x: from, y: top, w: x - from + 1, h: bottom - top + 1, sum };
      }
    }
  }
  return best;
}
