import type { KnownDirection } from 'comic-reader';
import { orderDoubt, type PageLayout, toldOrder } from 'comic-reader/steps';
import type { Box } from '../../../domain/page.ts';
import { type Chance, chanceOf } from '../panels/drawn/chance.ts';
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
const times = 4;

/**
 * Measures how well the doubt about an order separates wrong orders from right ones. True boxes are in order almost everywhere,
 * so they are moved at random, like inexactly found boxes, until some orders are wrong.
 */
export function movedBoxesTable(layouts: readonly Layout[]): string[] {
  const chance = chanceOf(1);
  const doubts: { doubt: number; isWrong: boolean }[] = [];
  for (const layout of layouts) {
    if (layout.truth.ambiguous || layout.truth.panels.length < 2) continue;
    for (let time = 0; time < times; time++) {
      const moved = movedLayout(layout, chance);
      const { panels, bubbles } = toldOrder(moved);
      const isWrong = [panels, bubbles].some((order) => order.some((at, i) => at !== i));
      doubts.push({ doubt: orderDoubt(moved), isWrong });
    }
  }
  return lines(doubts);
}

/** Returns the true boxes of a page in their true order, moved. */
function movedLayout({ truth, direction, size: page }: Layout, chance: Chance): PageLayout {
  const moved = <T extends Box>(boxes: readonly T[]) =>
    boxes.map((box) => {
      const { x, y, w, h } = box;
      const by = (size: number) => (2 * chance() - 1) * far * size;
      return { ...box, x: Math.max(0, x + by(w)), y: Math.max(0, y + by(h)), w: w + by(w), h: h + by(h) };
    });
  const told = (truth.bubbles ?? []).filter(
    ({ spoken, panel, orderArguable }) => spoken && panel !== null && !orderArguable,
  );
  return { panels: moved(truth.panels), bubbles: moved(told), direction, page };
}

/** Returns how well doubt separates wrong orders, and how many are wrong by how much doubt they have. */
function lines(doubts: readonly { doubt: number; isWrong: boolean }[]): string[] {
  const of = (isWrong: boolean) => doubts.filter((one) => one.isWrong === isWrong).map(({ doubt }) => doubt);
  const from = [0, 0.05, 0.25, 0.5, 0.75];
  const counts = from.map((least, i) => {
    const own = doubts.filter(({ doubt }) => doubt >= least && doubt < (from[i + 1] ?? 2));
    return `from ${least}: ${own.filter(({ isWrong }) => isWrong).length} of ${own.length}`;
  });
  return [
    separation('moved true boxes', of(true), of(false)),
    `  wrong, of those with a doubt ${counts.join(', ')}`,
  ];
}
