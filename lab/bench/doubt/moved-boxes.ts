import type { KnownDirection } from 'comic-reader';
import { bubbleOrder, type ReadingOrder, readingOrder } from 'comic-reader/steps';
import type { Box } from '../../../domain/page.ts';
import { between, type Chance, chanceOf } from '../panels/drawn/chance.ts';
import type { TruePage } from '../panels/truth.ts';
import { separation } from './tables.ts';

/** A true page, its reading direction, and its size. */
export interface Layout {
  truth: TruePage;
  direction: KnownDirection;
  size: { width: number; height: number };
}

/** Maximum movement of a box and its sides, relative to its size, and the number of attempts per page. */
const far = 0.1;
const times = 10;

/**
 * Measures how well the doubt about an order separates wrong orders from right ones. True boxes are in order almost everywhere,
 * so they are moved at random, like inexactly found boxes, until some orders are wrong.
 */
export function movedBoxesTable(layouts: readonly Layout[]): string[] {
  const chance = chanceOf(1);
  const [panels, bubbles] = [new Doubts(), new Doubts()];
  for (const { truth, direction, size } of layouts) {
    for (let time = 0; time < times; time++) {
      if (!truth.ambiguous && truth.panels.length > 1)
        panels.add([readingOrder(truth.panels.map(moved(chance)), direction, size)]);
      const homes = truth.panels.map((_, home) =>
        (truth.bubbles ?? []).filter(
          ({ spoken, panel, orderArguable }) => spoken && panel === home && !orderArguable,
        ),
      );
      const orders = homes.filter((own) => own.length > 1);
      if (orders.length > 0) bubbles.add(orders.map((own) => bubbleOrder(own.map(moved(chance)), direction)));
    }
  }
  return [...panels.lines('order of panels'), ...bubbles.lines('order of bubbles')];
}

const moved =
  (chance: Chance) =>
  ({ x, y, w, h }: Box): Box => {
    const by = (size: number) => Math.round((size * between(chance, -100, 100) * far) / 100);
    return { x: Math.max(0, x + by(w)), y: Math.max(0, y + by(h)), w: w + by(w), h: h + by(h) };
  };

/** Doubts of pages whose boxes are given in their true order. */
class Doubts {
  readonly #wrong: number[] = [];
  readonly #right: number[] = [];

  add(orders: readonly ReadingOrder[]): void {
    const isRight = orders.every(({ order }) => order.every((at, i) => at === i));
    (isRight ? this.#right : this.#wrong).push(Math.max(...orders.map(({ doubt }) => doubt)));
  }

  /** How well doubt separates them, and how many are wrong by how much doubt they have. */
  lines(name: string): string[] {
    const from = [0, 0.25, 0.5, 0.75, 0.9];
    const counts = from.map((least, i) => {
      const within = (doubt: number) => doubt >= least && doubt < (from[i + 1] ?? 2);
      const wrong = this.#wrong.filter(within).length;
      return `from ${least}: ${wrong} of ${wrong + this.#right.filter(within).length}`;
    });
    return [
      separation(name, this.#wrong, this.#right),
      `  wrong, of those with a doubt ${counts.join(', ')}`,
    ];
  }
}
