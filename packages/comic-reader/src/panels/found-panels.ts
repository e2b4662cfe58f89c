import type { Box, PanelDoubt } from '../page/page.ts';

/** Panels of a page, and how reliable they are. */
export interface FoundPanels {
  /** In the raster's pixels, in no particular order; at least one. */
  panels: Box[];
  /** The whole page is one panel because no frame was found, although ground or rows of one colour separate the art on it. */
  undivided: boolean;
  doubts: Doubts;
}

/** Likelihood that the panels are wrong, from 0 to 1, for each reason. */
export type Doubts = Partial<Record<PanelDoubt, number>>;

/** Doubt about a page on which something is more likely wrong than not. */
export const likely = 0.6;

/** Returns the larger doubt for each reason. */
export const largest = (one: Doubts, other: Doubts): Doubts =>
  Object.fromEntries(
    [...Object.entries(one), ...Object.entries(other)].sort(([, a], [, b]) => a - b),
  ) as Doubts;
