import type { Box } from '../page/page.ts';

export type Axis = 'x' | 'y';

/** A line that separates boxes into those before it and those after it. */
export interface Cut {
  /** Largest overlap of a box before with one after, as a share of the smaller side; negative if all are apart. */
  cost: number;
  /** Pixels between the two parts; negative if they overlap. */
  gap: number;
  parts: [number[], number[]];
}

const side = { x: 'w', y: 'h' } as const;
const start = (box: Box, axis: Axis) => box[axis];
const end = (box: Box, axis: Axis) => box[axis] + box[side[axis]];

/** Returns the cut along an axis with the least overlap; null if all overlap by more than `tolerance`. */
export function bestCut(
  boxes: readonly Box[],
  of: readonly number[],
  axis: Axis,
  tolerance: number,
): Cut | null {
  const at = (i: number) => boxes[i] as Box;
  const middle = (i: number) => (start(at(i), axis) + end(at(i), axis)) / 2;
  const sorted = [...of].sort((a, b) => middle(a) - middle(b) || a - b);
  let best: Cut | null = null;
  for (let k = 1; k < sorted.length; k++) {
    const parts: Cut['parts'] = [sorted.slice(0, k), sorted.slice(k)];
    const cost = Math.max(...parts[0].flatMap((i) => parts[1].map((j) => costOf(at(i), at(j), axis))));
    if (cost > tolerance || (best && cost >= best.cost)) continue;
    const gap =
      Math.min(...parts[1].map((i) => start(at(i), axis))) -
      Math.max(...parts[0].map((i) => end(at(i), axis)));
    best = { cost, gap, parts };
  }
  return best;
}

/** Returns how much `a` overlaps `b`, the next along the axis, as a share of the smaller side. */
const costOf = (a: Box, b: Box, axis: Axis) =>
  (end(a, axis) - start(b, axis)) / Math.min(a[side[axis]], b[side[axis]]);
