import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import { bestCut, type Cut } from './cuts.ts';
import { byPrecedence } from './graph.ts';
import { halvesOf } from './halves.ts';
import { type Inset, insetsAmong } from './insets.ts';
import { stacksAmong } from './stacks.ts';

export interface ReadingOrder {
  /** Indices into the boxes, each once. */
  order: number[];
  /** How close another order was: 0 without an alternative, 1 if both are equally likely. */
  doubt: number;
}

/** Largest raggedness of rows, as a share of a panel's height, if columns are straight. */
const ragged = 0.2;
/** Largest raggedness of straight columns. */
const straight = 0.1;
/** Doubt if no line separates the panels and more than one could be next. */
const guessDoubt = 0.7;
/** Doubt of an inset over the edge of two panels: it is small, and can follow either. */
const onEdge = 0.4;

/**
 * Sorts the panels of a page in reading order: rows from the top, inside a row columns along the direction, and so on
 * inside those. Edges can be uneven and slanted. A panel on top of another follows it, the pages of a spread follow each
 * other, and equal panels in columns with wide gaps, as in 4-koma, are read column by column.
 */
export function readingOrder(
  boxes: readonly Box[],
  direction: KnownDirection,
  page?: { width: number; height: number },
): ReadingOrder {
  const insets = insetsAmong(boxes);
  const upon = new Set(insets.map(({ index }) => index));
  const outer = boxes.map((_, i) => i).filter((i) => !upon.has(i));
  const sorter = new Sorter(boxes, direction, page);
  return withInsets(sorter.sort(outer), insets, sorter);
}

/** Puts insets after the panel that they are on, or after the first of several. */
function withInsets(outer: readonly number[], insets: readonly Inset[], sorter: Sorter): ReadingOrder {
  const order = [...outer];
  const waiting = [...insets];
  while (waiting.length > 0) {
    const placed = waiting.filter(({ hosts }) => hosts.every((host) => order.includes(host)));
    const byHost = new Map<number, number[]>();
    for (const inset of placed) {
      if (!inset.inside) sorter.doubt = Math.max(sorter.doubt, onEdge);
      const host = Math.min(...inset.hosts.map((one) => order.indexOf(one)));
      byHost.set(host, [...(byHost.get(host) ?? []), inset.index]);
      waiting.splice(waiting.indexOf(inset), 1);
    }
    for (const [host, own] of [...byHost].sort(([a], [b]) => b - a))
      order.splice(host + 1, 0, ...sorter.sort(own));
  }
  return { order, doubt: sorter.doubt };
}

class Sorter {
  doubt = 0;
  readonly #boxes: readonly Box[];
  readonly #direction: KnownDirection;
  readonly #page: { width: number; height: number } | undefined;

  constructor(boxes: readonly Box[], direction: KnownDirection, page?: { width: number; height: number }) {
    this.#boxes = boxes;
    this.#direction = direction;
    this.#page = direction === 'ttb' ? undefined : page;
  }

  sort(of: readonly number[]): number[] {
    if (of.length < 2) return [...of];
    const halves = this.#page && halvesOf(this.#boxes, of, this.#page);
    if (halves) return this.#along(halves);
    const stacks = stacksAmong(this.#boxes, of, this.#direction);
    if (stacks) this.#doubted(stacks.doubt);
    if (stacks?.byColumn)
      return [...this.sort(stacks.above), ...this.#along(stacks.columns), ...this.sort(stacks.below)];
    const rows = bestCut(this.#boxes, of, 'y');
    const columns = bestCut(this.#boxes, of, 'x');
    if (rows && columns) this.#doubted(rivalry(rows, columns, this.#direction));
    if (rows && (!columns || rows.cost <= Math.max(columns.cost, ragged)))
      return rows.parts.flatMap((part) => this.sort(part));
    if (columns) return this.#along(columns.parts);
    const { order, guessed } = byPrecedence(this.#boxes, of, this.#direction);
    if (guessed) this.#doubted(guessDoubt);
    return order;
  }

  /** Sorts parts that are beside each other, given from the left. */
  #along(parts: readonly number[][]): number[] {
    return (this.#direction === 'rtl' ? [...parts].reverse() : parts).flatMap((part) => this.sort(part));
  }

  #doubted(doubt: number): void {
    this.doubt = Math.max(this.doubt, doubt);
  }
}

/** Returns how close reading by rows and by straight columns are: rows that are nearly too ragged are close. */
function rivalry(rows: Cut, columns: Cut, direction: KnownDirection): number {
  if (columns.cost > straight) return 0;
  const first = new Set(direction === 'rtl' ? columns.parts[1] : columns.parts[0]);
  // Both agree unless a lower panel comes earlier by columns.
  const differ = rows.parts[1].some((i) => first.has(i)) && rows.parts[0].some((i) => !first.has(i));
  return differ ? Math.max(0, 1 - Math.abs(Math.max(0, rows.cost) - ragged) / ragged) : 0;
}
