import type { DecodedPage } from './decode.ts';
import { toPage } from './image/raster.ts';
import { readingOrder } from './order/reading-order.ts';
import type { KnownDirection } from './page/direction.ts';
import type { Box, PageReading, PanelDoubt } from './page/page.ts';
import { findPanels } from './panels/panels.ts';

/** Doubt from which a division is more likely wrong than not. */
const likely = 0.5;

/** The panels of a page in reading order, in its pixels, and the doubt about their division. */
export interface PagePanels extends Pick<PageReading, 'undivided' | 'panel_doubt' | 'panel_doubts'> {
  panels: Box[];
}

/** Finds the panels of a page and sorts them in reading order. */
export function panelsOf(page: DecodedPage, direction: KnownDirection): PagePanels {
  const { panels, undivided, doubts } = findPanels(page.layout);
  const boxes = panels.map((box) => toPage(box, page.width / page.layout.width, page));
  const order = readingOrder(boxes, direction, page);
  return {
    panels: order.map((i) => boxes[i] as Box),
    undivided,
    panel_doubt: Math.max(0, ...Object.values(doubts)),
    panel_doubts: (Object.keys(doubts) as PanelDoubt[]).filter((reason) => (doubts[reason] ?? 0) > likely),
  };
}
