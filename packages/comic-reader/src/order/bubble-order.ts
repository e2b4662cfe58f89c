import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import type { ReadingOrder } from './reading-order.ts';

/** Largest overlap of two bubbles in sequence, as a share of the smaller one's side. */
const tolerance = 0.3;
/** Read from the left, rows come first unless they overlap by more than this and columns do not. */
const rowsFirst = 0.2;
/** Read from the right, a horizontal band comes first if it is this high, in heights of the bubbles: less is chance. */
const rowApart = 0.75;

/** Distance between rows and columns without doubt, by the measure that decides between them: in heights, or a share. */
const rivalShare = { rtl: 0.35, other: 0.2 };
/**
 * Read from the left, how much a longer way through the bubbles counts against rows, for each nat, and at most. High and low
 * bubbles that take turns are one row, since after the high ones the eyes go all the way back for the low ones; a wide empty
 * band counts more.
 */
const wayBack = { weight: 3, most: 1.5 };

/** Doubt if no band separates the bubbles, and a lower one is further along the direction. */
const guessed = 0.6;

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
 * @returns indices into `boxes`, each once, and how close another order was, as for panels
 */
export function bubbleOrder(boxes: readonly Box[], direction: KnownDirection): ReadingOrder {
  const all = boxes.map((_, i) => i);
  const corner = { x: Math.min(...boxes.map(({ x }) => x)), y: Math.min(...boxes.map(({ y }) => y)) };
  return sorted(boxes, all, direction, { ...corner, w: 0, h: 0 });
}

/** Sorts some bubbles; `from` is what was read before them. */
function sorted(boxes: readonly Box[], of: number[], direction: KnownDirection, from: Box): ReadingOrder {
  if (of.length < 2) return { order: of, doubt: 0 };
  const across = bandBetween(boxes, of, 'y', 'h');
  const down = bandBetween(boxes, of, 'x', 'w');
  const inOrder = ([first, second]: [number[], number[]]): ReadingOrder => {
    const one = sorted(boxes, first, direction, from);
    const other = sorted(boxes, second, direction, boxes[one.order.at(-1) as number] as Box);
    return { order: [...one.order, ...other.order], doubt: Math.max(one.doubt, other.doubt) };
  };
  const byRows = across && inOrder([across.before, across.after]);
  const inColumns =
    down && inOrder(direction === 'rtl' ? [down.after, down.before] : [down.before, down.after]);
  if (!byRows || !inColumns) return byRows ?? inColumns ?? byCorner(boxes, of, direction);
  // Columns can contain the same rows; then the alternative is one row of all.
  const byColumns =
    direction === 'ltr' && isSame(byRows, inColumns) ? (oneRow(boxes, of) ?? inColumns) : inColumns;
  const lengthOf = ({ order }: ReadingOrder) => wayThrough([from, ...order.map((i) => boxes[i] as Box)]);
  const longer = direction === 'ltr' ? Math.log(lengthOf(byRows) / lengthOf(byColumns)) : 0;
  const lead =
    leadOfRows(boxes, of, { rows: across, columns: down }, direction) -
    Math.min(wayBack.most, wayBack.weight * longer);
  const [own, rival] = lead >= 0 ? [byRows, byColumns] : [byColumns, byRows];
  const closeness = 1 - Math.abs(lead);
  if (closeness <= own.doubt) return own;
  // Where both give one order, another one can be as close within the rival.
  return {
    ...own,
    doubt: Math.max(own.doubt, isSame(own, rival) ? Math.min(closeness, rival.doubt) : closeness),
  };
}

const isSame = (one: ReadingOrder, other: ReadingOrder): boolean =>
  one.order.every((at, i) => at === other.order[i]);

/** Sorts bubbles from the left; returns null if some are above each other. */
function oneRow(boxes: readonly Box[], of: readonly number[]): ReadingOrder | null {
  const middle = ({ x, w }: Box) => x + w / 2;
  const order = [...of].sort((a, b) => middle(boxes[a] as Box) - middle(boxes[b] as Box) || a - b);
  const isApart = order.slice(1).every((at, i) => {
    const [left, right] = [boxes[order[i] as number] as Box, boxes[at] as Box];
    return left.x + left.w - right.x <= tolerance * Math.min(left.w, right.w);
  });
  return isApart ? { order, doubt: 0 } : null;
}

/** Returns the length of a way from box to box by their middles, at least one pixel. */
function wayThrough(boxes: readonly Box[]): number {
  const middles = boxes.map(({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 }));
  return middles.reduce((sum, { x, y }, i) => {
    const before = middles[i - 1];
    return sum + (before ? Math.hypot(x - before.x, y - before.y) : 0);
  }, 1);
}

/** Returns how clearly rows come before columns; negative if columns come first, 1 or more without doubt. */
function leadOfRows(
  boxes: readonly Box[],
  of: readonly number[],
  { rows, columns }: { rows: Band; columns: Band },
  direction: KnownDirection,
): number {
  const heights = of.map((i) => (boxes[i] as Box).h).sort((a, b) => a - b);
  const height = heights[heights.length >> 1] as number;
  // By the usual height: the lettering of a single line is far lower than its balloon.
  if (direction !== 'rtl')
    return (Math.max(columns.overlap, rowsFirst) + rows.width / height) / rivalShare.other;
  return (rows.width - Math.min(columns.width, rowApart * height)) / (rivalShare.rtl * height);
}

/** Returns the widest band along an axis; null if all bubbles overlap too much. */
function bandBetween(boxes: readonly Box[], of: number[], at: 'x' | 'y', size: 'w' | 'h'): Band | null {
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

/**
 * Sorts bubbles that no band separates from the corner where reading starts; down counts before across. Without a doubt if each
 * is both lower and further along the direction than those before it.
 */
function byCorner(boxes: readonly Box[], of: readonly number[], direction: KnownDirection): ReadingOrder {
  const down = (i: number) => (boxes[i] as Box).y;
  const along = (i: number) => {
    const { x, w } = boxes[i] as Box;
    return direction === 'rtl' ? -(x + w) : x;
  };
  const key = (i: number) => down(i) + along(i) * 0.5;
  const order = [...of].sort((a, b) => key(a) - key(b) || a - b);
  const isSettled = order.every((at, i) => {
    const before = order[i - 1] ?? at;
    return down(before) <= down(at) && along(before) <= along(at);
  });
  return { order, doubt: isSettled ? 0 : guessed };
}
