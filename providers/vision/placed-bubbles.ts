import { type Box, type Bubble, type PageAnalysis, panelId } from '../../domain/page.ts';
import type { DecodedPage } from './decode.ts';
import { findFocus } from './focus.ts';
import { home } from './home.ts';
import { intersection, toPage } from './raster.ts';
import { type KnownDirection, readingOrder } from './reading-order.ts';

/** Puts each bubble into its panel, and orders the bubbles of a panel as they are read. */
export function placed(
  number: number,
  { width, height, layout }: DecodedPage,
  panels: Box[],
  bubbles: Bubble[],
  direction: KnownDirection,
): PageAnalysis {
  const toLayout = layout.width / width;
  const lettered = bubbles.map((bubble) => toPage(bubble, toLayout, layout));
  const focusOf = (panel: Box) => {
    const found = findFocus(layout, toPage(panel, toLayout, layout), lettered);
    return found && intersection(toPage(found, 1 / toLayout, { width, height }), panel);
  };
  const homes = bubbles.map((bubble) => home(bubble, panels));
  return {
    number,
    width,
    height,
    panels: panels.map((box, i) => {
      const own = bubbles.filter((_, b) => homes[b] === i);
      const order = readingOrder(own, direction === 'ttb' ? 'ltr' : direction);
      const focus = focusOf(box);
      return {
        ...box,
        id: panelId(number, i + 1),
        bubbles: order.map((b) => own[b] as Bubble),
        ...(focus && { focus }),
      };
    }),
  };
}
