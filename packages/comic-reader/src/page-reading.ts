import { overlap } from './image/raster.ts';
import { type Box, type PageReading, saidIn } from './page/page.ts';
import type { PageLettering } from './page-lettering.ts';
import type { PagePanels } from './page-panels.ts';
import { looksFused } from './words/fused-bubbles.ts';

/** Collects the uncertainty of reading a page. */
export function readingOf(
  { panels, undivided, panel_doubt, order_doubt }: PagePanels,
  { bubbles, unread: _, lost, wrong, ...lettering }: PageLettering,
  sharpness: number,
): PageReading {
  const said = saidIn({ bubbles });
  return {
    undivided,
    panel_doubt,
    order_doubt,
    ...lettering,
    sharpness,
    words: said.reduce((sum, { text }) => sum + wordsOf(text), 0) + lost,
    lost_words: lost,
    wrong_words: wrong,
    fused_bubbles: said.filter(({ text }) => looksFused(text)).length,
    unsure_bubbles: said.filter(({ unsure_kind }) => unsure_kind).length,
    loose_bubbles: said.filter((bubble) => standsInNone(bubble, panels)).length,
  };
}

const wordsOf = (text: string): number => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;

const standsInNone = (bubble: Box, panels: readonly Box[]): boolean =>
  panels.every((panel) => overlap(bubble, panel) === 0);
