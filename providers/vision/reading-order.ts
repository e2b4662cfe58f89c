import type { Box } from '../../domain/page.ts';
import { overlap } from './raster.ts';

/** The directions that an order can follow; `unknown` must have been guessed before. */
export type KnownDirection = 'rtl' | 'ltr' | 'ttb';

/** Two boxes may overlap by this share of the smaller one's side and still count as one after the other. */
const TOLERANCE = 0.3;

/** A spread of two pages is at least this much wider than high. */
const SPREAD = 1.2;

/**
 * Sorts boxes as they are read: rows from the top, inside a row columns along the direction, and again inside
 * those. Uneven and slanted edges are tolerated; a box inside another follows it; the halves of a double page
 * are read one after the other.
 * @returns indices into `boxes`, each once
 */
export function readingOrder(
  boxes: readonly Box[],
  direction: KnownDirection,
  page?: { width: number; height: number },
): number[] {
  const all = boxes.map((_, i) => i);
  const insideOf = all.map((i) => container(boxes, i));
  const outer = all.filter((i) => insideOf[i] === -1);
  const halves = page && direction !== 'ttb' ? spread(boxes, outer, page) : null;
  const sorted = halves
    ? (direction === 'rtl' ? halves.reverse() : halves).flatMap((half) => sort(boxes, half, direction))
    : sort(boxes, outer, direction);
  const withInsets = (i: number): number[] => {
    const insets = all.filter((j) => insideOf[j] === i);
    return [i, ...sort(boxes, insets, direction).flatMap(withInsets)];
  };
  return sorted.flatMap(withInsets);
}

/** The largest box that holds nearly all of box `i`, or -1. It is clearly larger, so nothing is inside itself. */
function container(boxes: readonly Box[], i: number): number {
  const own = boxes[i] as Box;
  let best = -1;
  for (const [j, other] of boxes.entries()) {
    if (j === i || other.w * other.h < own.w * own.h * 1.5) continue;
    if (overlap(own, other) < 0.9 * own.w * own.h) continue;
    const size = best < 0 ? 0 : (boxes[best] as Box).w * (boxes[best] as Box).h;
    if (other.w * other.h > size) best = j;
  }
  return best;
}

/** Left and right page of a spread, when no box crosses its middle. */
function spread(
  boxes: readonly Box[],
  of: number[],
  page: { width: number; height: number },
): number[][] | null {
  if (page.width < page.height * SPREAD) return null;
  const middle = page.width / 2;
  const slack = page.width * 0.03;
  const left = of.filter((i) => (boxes[i] as Box).x + (boxes[i] as Box).w <= middle + slack);
  const right = of.filter((i) => !left.includes(i) && (boxes[i] as Box).x >= middle - slack);
  return left.length > 0 && right.length > 0 && left.length + right.length === of.length
    ? [left, right]
    : null;
}

function sort(boxes: readonly Box[], of: number[], direction: KnownDirection): number[] {
  if (of.length < 2) return of;
  const rows = part(boxes, of, 'y', 'h');
  const columns = part(boxes, of, 'x', 'w');
  // Rows come first, unless they need much tolerance where columns need none.
  const byRow = rows && (!columns || rows.cost <= Math.max(columns.cost, 0.2));
  if (byRow) return rows.parts.flatMap((p) => sort(boxes, p, direction));
  if (columns) {
    const parts = direction === 'rtl' ? columns.parts.reverse() : columns.parts;
    return parts.flatMap((p) => sort(boxes, p, direction));
  }
  return byCorner(boxes, of, direction);
}

/** Splits boxes in two along one axis where they overlap least; null when they overlap too much everywhere. */
function part(boxes: readonly Box[], of: number[], at: 'x' | 'y', size: 'w' | 'h') {
  const middle = (i: number) => (boxes[i] as Box)[at] + (boxes[i] as Box)[size] / 2;
  const sorted = [...of].sort((a, b) => middle(a) - middle(b) || a - b);
  let best: { cost: number; parts: [number[], number[]] } | null = null;
  for (let k = 1; k < sorted.length; k++) {
    const before = sorted.slice(0, k);
    const after = sorted.slice(k);
    let cost = 0;
    for (const i of before) {
      for (const j of after) {
        const a = boxes[i] as Box;
        const b = boxes[j] as Box;
        cost = Math.max(cost, (a[at] + a[size] - b[at]) / Math.min(a[size], b[size]));
      }
    }
    if (cost <= TOLERANCE && (!best || cost < best.cost)) best = { cost, parts: [before, after] };
  }
  return best;
}

/** Where no line parts the boxes (a pinwheel): from the corner in which reading starts, downwards before across. */
function byCorner(boxes: readonly Box[], of: number[], direction: KnownDirection): number[] {
  const key = (i: number) => {
    const b = boxes[i] as Box;
    return b.y + (direction === 'rtl' ? -(b.x + b.w) : b.x) * 0.5;
  };
  return [...of].sort((a, b) => key(a) - key(b) || a - b);
}
