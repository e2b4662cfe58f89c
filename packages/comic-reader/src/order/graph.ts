import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import type { Conventions } from './conventions.ts';

/**
 * Sorts boxes that no line separates: a box comes before those below it and those that follow it in its row; of the boxes
 * without a predecessor, the nearest to the corner where reading starts is next. The order is unsettled if two boxes are beside
 * each other, but too different in height to be a row: then readers can take the one before or after what is below the other.
 */
export function byPrecedence(
  boxes: readonly Box[],
  of: readonly number[],
  direction: KnownDirection,
  { sameRow, across }: Conventions,
): { order: number[]; unsettled: boolean } {
  const at = (i: number) => boxes[i] as Box;
  const precedes = (i: number, j: number) => isBefore(at(i), at(j), direction, sameRow);
  const unsettled = of.some((i, k) => of.slice(k + 1).some((j) => !precedes(i, j) && !precedes(j, i)));
  const left = new Set(of);
  const order: number[] = [];
  while (left.size > 0) {
    const free = [...left].filter((i) => ![...left].some((j) => j !== i && precedes(j, i)));
    // Boxes that precede each other in a circle: any of them can be next.
    const candidates = free.length > 0 ? free : [...left];
    const fromCorner = (i: number) => corner(at(i), direction, across);
    const next = candidates.reduce((a, b) => (fromCorner(b) < fromCorner(a) ? b : a));
    order.push(next);
    left.delete(next);
  }
  return { order, unsettled };
}

function isBefore(a: Box, b: Box, direction: KnownDirection, sameRow: number): boolean {
  const across = shared(a.x, a.w, b.x, b.w);
  const down = shared(a.y, a.h, b.y, b.h);
  // Along this axis they are apart, or overlap least.
  if (down / Math.min(a.h, b.h) <= across / Math.min(a.w, b.w)) return a.y + a.h / 2 < b.y + b.h / 2;
  if (down < sameRow * Math.max(a.h, b.h)) return false;
  const [middleA, middleB] = [a.x + a.w / 2, b.x + b.w / 2];
  return direction === 'rtl' ? middleA > middleB : middleA < middleB;
}

/** Returns the overlap of two spans; a negative value is the distance between them. */
const shared = (a: number, aLong: number, b: number, bLong: number) =>
  Math.min(a + aLong, b + bLong) - Math.max(a, b);

/** Returns the distance from the corner where reading starts; down counts more than across. */
export const corner = ({ x, y, w }: Box, direction: KnownDirection, across: number): number =>
  y + (direction === 'rtl' ? -(x + w) : x) * across;
