import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import { type Conventions, usual } from './conventions.ts';
import { bestCut } from './cuts.ts';
import { byPrecedence } from './graph.ts';
import { halvesOf } from './halves.ts';
import { type Inset, insetsAmong } from './insets.ts';
import { stacksAmong } from './stacks.ts';

/** Sorts the panels of a page in reading order; returns their indices. */
export const readingOrder = (...layout: Parameters<typeof sortPanels>): number[] =>
  sortPanels(...layout).order;

/**
 * Sorts the panels of a page in reading order: rows from the top, inside a row columns along the direction, and so on
 * inside those. Edges can be uneven and slanted. A panel on top of another follows it, the pages of a spread follow each
 * other, and equal panels in columns with wide gaps, as in 4-koma, are read column by column. The order is unsettled if readers
 * can follow another one.
 */
export function sortPanels(
  boxes: readonly Box[],
  direction: KnownDirection,
  page?: { width: number; height: number },
  conventions: Conventions = usual,
): { order: number[]; unsettled: boolean } {
  const insets = insetsAmong(boxes);
  const upon = new Set(insets.map(({ index }) => index));
  const outer = boxes.map((_, i) => i).filter((i) => !upon.has(i));
  const sorter = new Sorter(boxes, direction, direction === 'ttb' ? undefined : page, conventions);
  const order = withInsets(sorter.sort(outer), insets, sorter);
  return { order, unsettled: sorter.unsettled };
}

/** Puts insets after the panel that they are on, or after the first of several. */
function withInsets(outer: readonly number[], insets: readonly Inset[], sorter: Sorter): number[] {
  const order = [...outer];
  const waiting = [...insets];
  while (waiting.length > 0) {
    const placed = waiting.filter(({ hosts }) => hosts.every((host) => order.includes(host)));
    const byHost = new Map<number, number[]>();
    for (const inset of placed) {
      const host = Math.min(...inset.hosts.map((one) => order.indexOf(one)));
      byHost.set(host, [...(byHost.get(host) ?? []), inset.index]);
      waiting.splice(waiting.indexOf(inset), 1);
    }
    for (const [host, own] of [...byHost].sort(([a], [b]) => b - a))
      order.splice(host + 1, 0, ...sorter.sort(own));
  }
  return order;
}

class Sorter {
  /** Whether some panels that were sorted have no settled order. */
  unsettled = false;
  readonly #boxes: readonly Box[];
  readonly #direction: KnownDirection;
  readonly #page: { width: number; height: number } | undefined;
  readonly #conventions: Conventions;

  constructor(
    boxes: readonly Box[],
    direction: KnownDirection,
    page: { width: number; height: number } | undefined,
    conventions: Conventions,
  ) {
    this.#boxes = boxes;
    this.#direction = direction;
    this.#page = page;
    this.#conventions = conventions;
  }

  sort(of: readonly number[]): number[] {
    if (of.length < 2) return [...of];
    const { overlap, ragged } = this.#conventions;
    const halves = this.#page && halvesOf(this.#boxes, of, this.#page, overlap);
    if (halves) return this.#along(halves);
    const stacks = stacksAmong(this.#boxes, of, this.#direction, this.#conventions);
    if (stacks?.byColumn)
      return [...this.sort(stacks.above), ...this.#along(stacks.columns), ...this.sort(stacks.below)];
    const rows = bestCut(this.#boxes, of, 'y', overlap);
    const columns = bestCut(this.#boxes, of, 'x', overlap);
    if (rows && (!columns || rows.cost <= Math.max(columns.cost, ragged)))
      return rows.parts.flatMap((part) => this.sort(part));
    if (columns) return this.#along(columns.parts);
    const { order, unsettled } = byPrecedence(this.#boxes, of, this.#direction, this.#conventions);
    this.unsettled ||= unsettled;
    return order;
  }

  /** Sorts parts that are beside each other, given from the left. */
  #along(parts: readonly number[][]): number[] {
    return (this.#direction === 'rtl' ? [...parts].reverse() : parts).flatMap((part) => this.sort(part));
  }
}
