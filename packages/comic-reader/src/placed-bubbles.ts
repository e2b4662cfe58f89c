import type { DecodedPage } from './decode.ts';
import { intersection, toPage } from './image/raster.ts';
import { home } from './lettering/home.ts';
import { grown, lineHeight } from './order/balloon-boxes.ts';
import { bubbleOrder } from './order/bubble-order.ts';
import { usual } from './order/conventions.ts';
import type { KnownDirection } from './page/direction.ts';
import { type Box, type Bubble, isSaid, type PageAnalysis, panelId, saidIn } from './page/page.ts';
import { findFocus } from './panels/focus.ts';

/** Puts each bubble into its panel, and sorts the bubbles of a panel in reading order. */
export function placed(
  number: number,
  { width, height, layout }: DecodedPage,
  panels: Box[],
  bubbles: Bubble[],
  direction: KnownDirection,
): Omit<PageAnalysis, 'reading'> {
  const toLayout = layout.width / width;
  const lettered = bubbles.map((bubble) => toPage(bubble, toLayout, layout));
  const focusOf = (panel: Box) => {
    const found = findFocus(layout, toPage(panel, toLayout, layout), lettered);
    return found && intersection(toPage(found, 1 / toLayout, { width, height }), panel);
  };
  const homes = bubbles.map((bubble) => home(bubble, panels));
  const margin = usual.margin * lineHeight(saidIn({ bubbles }));
  return {
    number,
    width,
    height,
    panels: panels.map((box, i) => {
      const own = bubbles.filter((_, b) => homes[b] === i);
      const focus = focusOf(box);
      return {
        ...box,
        id: panelId(number, i + 1),
        bubbles: asRead(own, direction, margin),
        ...(focus && { focus }),
      };
    }),
  };
}

/** Sorts speech in reading order; a sound or a sign follows the speech before it and never separates speech. */
function asRead(bubbles: readonly Bubble[], direction: KnownDirection, margin: number): Bubble[] {
  const sorted = (some: readonly Bubble[]) =>
    bubbleOrder(grown(some, margin), direction).map((i) => some[i] as Bubble);
  const said = sorted(saidIn({ bubbles: [...bubbles] }));
  const after = new Map<Bubble | undefined, Bubble[]>();
  let last: Bubble | undefined;
  for (const bubble of sorted(bubbles)) {
    if (!isSaid(bubble)) after.set(last, [...(after.get(last) ?? []), bubble]);
    else last = bubble;
  }
  return [undefined, ...said].flatMap((bubble) => [
    ...(bubble ? [bubble] : []),
    ...(after.get(bubble) ?? []),
  ]);
}
