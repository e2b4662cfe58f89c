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
/** Doubt if no band separates the bubbles. */
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
  return sorted(boxes, all, direction);
}

function sorted(boxes: readonly Box[], of: number[], direction: KnownDirection): ReadingOrder {
  if (of.length < 2) return { order: of, doubt: 0 };
  const across = bandBetween(boxes, of, 'y', 'h');
  const down = bandBetween(boxes, of, 'x', 'w');
  const inOrder = (band: Band) => {
    const { before, after } = band;
    const sides = band === down && direction === 'rtl' ? [after, before] : [before, after];
    return joined(sides.map((side) => sorted(boxes, side, direction)));
  };
  if (!across || !down) {
    const band = across ?? down;
    return band ? inOrder(band) : { order: byCorner(boxes, of, direction), doubt: guessed };
  }
  const lead = leadOfRows(boxes, of, { rows: across, columns: down }, direction);
  const own = inOrder(lead >= 0 ? across : down);
  const closeness = 1 - Math.abs(lead);
  if (closeness <= own.doubt) return own;
  const rival = inOrder(lead >= 0 ? down : across);
  // Where both give one order, another one can be as close within the rival.
  const isSame = rival.order.every((at, i) => at === own.order[i]);
  return { ...own, doubt: Math.max(own.doubt, isSame ? Math.min(closeness, rival.doubt) : closeness) };
}

const joined = (parts: readonly ReadingOrder[]): ReadingOrder => ({
  order: parts.flatMap(({ order }) => order),
  doubt: Math.max(...parts.map(({ doubt }) => doubt)),
});

/** Returns how clearly rows come before columns; negative if columns come first, 1 or more without doubt. */
function leadOfRows(
  boxes: readonly Box[],
  of: readonly number[],
  { rows, columns }: { rows: Band; columns: Band },
  direction: KnownDirection,
): number {
  if (direction !== 'rtl') return (Math.max(columns.overlap, rowsFirst) - rows.overlap) / rivalShare.other;
  const heights = of.map((i) => (boxes[i] as Box).h).sort((a, b) => a - b);
  const height = heights[heights.length >> 1] as number;
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

/** Sorts bubbles that no band separates from the corner where reading starts; down counts before across. */
function byCorner(boxes: readonly Box[], of: number[], direction: KnownDirection): number[] {
  const key = (i: number) => {
    const { x, y, w } = boxes[i] as Box;
    return y + (direction === 'rtl' ? -(x + w) : x) * 0.5;
  };
  return [...of].sort((a, b) => key(a) - key(b) || a - b);
}
