import { type Conventions, usual } from './order/conventions.ts';
import type { Box } from './page/page.ts';
import { type PageLayout, type ToldOrder, toldOrder } from './told-order.ts';

/** Number of other layouts that are tried. */
const times = 48;
/**
 * Errors of found boxes: root mean square of the error of a side, of panels in shorter sides of the page, of bubbles in their own
 * shorter side. Measured on 118 panels and 105 bubbles of the real pages that the reader was built with.
 */
const errorOfPanels = 0.006;
const errorOfBubbles = 0.19;
/** Standard deviation of the logarithm of each convention: authors and readers agree about less clear layouts only roughly. */
const spread = 0.25;
/** Doubt about an order that no convention settles: more likely than not, since a wrong order is worse than a held page. */
const unsettledOrder = 0.6;

/**
 * Returns the probability that a page is told in another order than the one that was found: the share of other orders if boxes
 * move within their error and conventions vary; more than half if no convention settles the order. The same layout always gives the same result.
 */
export function orderDoubt(layout: PageLayout): number {
  const found = toldOrder(layout);
  const normal = normals();
  const side = Math.min(layout.page.width, layout.page.height);
  let others = 0;
  for (let time = 0; time < times; time++) {
    const panels = layout.panels.map((box) => movedBox(box, errorOfPanels * side, normal));
    const bubbles = layout.bubbles.map((box) => ({
      ...movedBox(box, errorOfBubbles * Math.min(box.w, box.h), normal),
      text: box.text,
    }));
    if (!isSame(found, toldOrder({ ...layout, panels, bubbles }, varied(normal)))) others++;
  }
  return Math.max(others / times, found.unsettled ? unsettledOrder : 0);
}

const isSame = (one: ToldOrder, other: ToldOrder): boolean =>
  [...one.panels, ...one.bubbles].join() === [...other.panels, ...other.bubbles].join();

/** Moves each side of a box by a random distance. */
function movedBox({ x, y, w, h }: Box, error: number, normal: () => number): Box {
  const span = (from: number, size: number): [number, number] => {
    const [start, end] = [from + error * normal(), from + size + error * normal()];
    return [Math.min(start, end), Math.max(1, Math.abs(end - start))];
  };
  const [[left, wide], [top, high]] = [span(x, w), span(y, h)];
  return { x: left, y: top, w: wide, h: high };
}

const varied = (normal: () => number): Conventions =>
  Object.fromEntries(
    Object.entries(usual).map(([name, value]) => [name, value * Math.exp(spread * normal())]),
  ) as unknown as Conventions;

/** Returns a source of standard normal numbers, always the same ones: Box and Muller's method on numbers of mulberry32. */
function normals(): () => number {
  let state = 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
