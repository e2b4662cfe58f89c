import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import { type Conventions, usual } from './conventions.ts';
import { corner } from './graph.ts';

/** Bubbles on both sides of an empty band. */
interface Band {
  before: number[];
  after: number[];
  /** In pixels; negative if the two sides overlap. */
  width: number;
  /** Overlap of the two sides, as a share of the smaller bubble's side; negative if they are apart. */
  overlap: number;
}

/**
 * Sorts the bubbles of one panel in reading order: rows of bubbles from the top, and along the direction in a row. In manga,
 * the speaker on the right finishes before the left side replies, however high the reply begins; so the bubbles are split
 * at the widest empty band, horizontal or vertical, and each side is split again.
 * @param boxes of the balloons, not only of their lettering
 * @returns indices into `boxes`, each once
 */
export function bubbleOrder(
  boxes: readonly Box[],
  direction: KnownDirection,
  conventions: Conventions = usual,
): number[] {
  const all = boxes.map((_, i) => i);
  const start = { x: Math.min(...boxes.map(({ x }) => x)), y: Math.min(...boxes.map(({ y }) => y)) };
  return sorted({ boxes, direction, conventions }, all, { ...start, w: 0, h: 0 });
}

interface Layout {
  boxes: readonly Box[];
  direction: KnownDirection;
  conventions: Conventions;
}

/** Sorts some bubbles; `from` is what was read before them. */
function sorted(layout: Layout, of: number[], from: Box): number[] {
  if (of.length < 2) return of;
  const { boxes, direction, conventions } = layout;
  const across = bandBetween(boxes, of, 'y', conventions.overlap);
  const down = bandBetween(boxes, of, 'x', conventions.overlap);
  const inOrder = (first: number[], second: number[]): number[] => {
    const one = sorted(layout, first, from);
    return [...one, ...sorted(layout, second, boxes[one.at(-1) as number] as Box)];
  };
  const byRows = across && inOrder(across.before, across.after);
  const inColumns =
    down && (direction === 'rtl' ? inOrder(down.after, down.before) : inOrder(down.before, down.after));
  if (!byRows || !inColumns) return byRows ?? inColumns ?? byCorner(layout, of);
  // Columns can contain the same rows; then the alternative is one row of all.
  const isSame = direction === 'ltr' && byRows.every((at, i) => at === inColumns[i]);
  const byColumns = isSame ? (oneRow(layout, of) ?? inColumns) : inColumns;
  const wayOf = (order: readonly number[]) => wayThrough([from, ...order.map((i) => boxes[i] as Box)]);
  const longer = direction === 'ltr' ? Math.log(wayOf(byRows) / wayOf(byColumns)) : 0;
  return areRowsFirst(layout, of, { rows: across, columns: down, longer }) ? byRows : byColumns;
}

/** Returns whether rows come before columns; the way by rows is `longer` by so many nats. */
function areRowsFirst(
  { boxes, direction, conventions }: Layout,
  of: readonly number[],
  { rows, columns, longer }: { rows: Band; columns: Band; longer: number },
): boolean {
  const { rowsFirst, rowApart, wayBack, mostWayBack } = conventions;
  const heights = of.map((i) => (boxes[i] as Box).h).sort((a, b) => a - b);
  const height = heights[heights.length >> 1] as number;
  if (direction === 'rtl') return rows.width >= Math.min(columns.width, rowApart * height);
  const against = Math.min(mostWayBack, wayBack * longer);
  return Math.max(columns.overlap, rowsFirst) + rows.width / height >= against;
}

/** Sorts bubbles from the left; returns null if some are above each other. */
function oneRow({ boxes, conventions }: Layout, of: readonly number[]): number[] | null {
  const middle = ({ x, w }: Box) => x + w / 2;
  const order = [...of].sort((a, b) => middle(boxes[a] as Box) - middle(boxes[b] as Box) || a - b);
  const isApart = order.slice(1).every((at, i) => {
    const [left, right] = [boxes[order[i] as number] as Box, boxes[at] as Box];
    return left.x + left.w - right.x <= conventions.overlap * Math.min(left.w, right.w);
  });
  return isApart ? order : null;
}

/** Returns the length of a way from box to box by their middles, at least one pixel. */
function wayThrough(boxes: readonly Box[]): number {
  const middles = boxes.map(({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 }));
  return middles.reduce((sum, { x, y }, i) => {
    const before = middles[i - 1];
    return sum + (before ? Math.hypot(x - before.x, y - before.y) : 0);
  }, 1);
}

/** Returns the widest band along an axis; null if all bubbles overlap too much. */
function bandBetween(
  boxes: readonly Box[],
  of: readonly number[],
  at: 'x' | 'y',
  tolerance: number,
): Band | null {
  const size = at === 'x' ? 'w' : 'h';
  const box = (i: number) => boxes[i] as Box;
  const middle = (i: number) => box(i)[at] + box(i)[size] / 2;
  const along = [...of].sort((a, b) => middle(a) - middle(b) || a - b);
  let best: Band | null = null;
  for (let k = 1; k < along.length; k++) {
    const [before, after] = [along.slice(0, k), along.slice(k)];
    let width = Number.POSITIVE_INFINITY;
    let overlap = Number.NEGATIVE_INFINITY;
    for (const i of before) {
      for (const j of after) {
        const gap = box(j)[at] - box(i)[at] - box(i)[size];
        width = Math.min(width, gap);
        overlap = Math.max(overlap, -gap / Math.min(box(i)[size], box(j)[size]));
      }
    }
    if (overlap <= tolerance && (!best || width > best.width)) best = { before, after, width, overlap };
  }
  return best;
}

/** Sorts bubbles that no band separates from the corner where reading starts; down counts before across. */
function byCorner({ boxes, direction, conventions }: Layout, of: readonly number[]): number[] {
  const key = (i: number) => corner(boxes[i] as Box, direction, conventions.across);
  return [...of].sort((a, b) => key(a) - key(b) || a - b);
}
