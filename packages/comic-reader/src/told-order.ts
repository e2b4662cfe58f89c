import { home } from './lettering/home.ts';
import { grown, type Lettered, lineHeight } from './order/balloon-boxes.ts';
import { bubbleOrder } from './order/bubble-order.ts';
import { type Conventions, usual } from './order/conventions.ts';
import { sortPanels } from './order/reading-order.ts';
import type { KnownDirection } from './page/direction.ts';
import type { Box } from './page/page.ts';

/** Boxes of a page, in any order. */
export interface PageLayout {
  panels: readonly Box[];
  /** Speech; sounds and signs are not told. */
  bubbles: readonly Lettered[];
  direction: KnownDirection;
  page: { width: number; height: number };
}

/** Indices of panels and bubbles in the order that a page is told in. */
export interface ToldOrder {
  panels: number[];
  bubbles: number[];
  /** Readers can follow another order of the panels. */
  unsettled: boolean;
}

/** Returns the order of telling a page: panel by panel, and bubble by bubble in each. */
export function toldOrder(layout: PageLayout, conventions: Conventions = usual): ToldOrder {
  const { panels, bubbles, direction, page } = layout;
  const { order, unsettled } = sortPanels(panels, direction, page, conventions);
  const homes = bubbles.map((bubble) => home(bubble, panels));
  const balloons = grown(bubbles, conventions.margin * lineHeight(bubbles));
  return {
    panels: order,
    bubbles: order.flatMap((panel) => {
      const own = bubbles.map((_, i) => i).filter((i) => homes[i] === panel);
      const boxes = own.map((i) => balloons[i] as Box);
      return bubbleOrder(boxes, direction, conventions).map((i) => own[i] as number);
    }),
    unsettled,
  };
}

/** Returns whether a page is told in another order from the right than from the left. */
export function dependsOnSide(layout: Omit<PageLayout, 'direction'>): boolean {
  const [left, right] = (['ltr', 'rtl'] as const).map((direction) => toldOrder({ ...layout, direction }));
  return JSON.stringify(left) !== JSON.stringify(right);
}
