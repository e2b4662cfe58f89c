import { overlap } from './image/raster.ts';
import { type Box, type Bubble, type PageReading, saidIn } from './page/page.ts';
import type { PageLettering } from './page-lettering.ts';
import type { PagePanels } from './page-panels.ts';

/** Collects the uncertainty of reading a page. */
export function readingOf(
  { panels, undivided, panel_doubt, panel_doubts }: PagePanels,
  { bubbles, lost, wrong, ...lettering }: PageLettering,
  {
    order_doubt,
    unknown_direction,
    sharpness,
  }: Pick<PageReading, 'order_doubt' | 'unknown_direction' | 'sharpness'>,
): PageReading {
  const said = saidIn({ bubbles });
  const unsure = bubbles.filter(({ unsure_kind }) => unsure_kind);
  const wordsIn = (some: readonly Bubble[]) => some.reduce((sum, { text }) => sum + wordsOf(text), 0);
  return {
    undivided,
    panel_doubt,
    panel_doubts,
    order_doubt,
    unknown_direction,
    ...lettering,
    sharpness,
    words: wordsIn(said) + lost,
    lost_words: lost,
    wrong_words: wrong,
    unsure_bubbles: unsure.length,
    unsure_words: wordsIn(unsure),
    loose_bubbles: said.filter((bubble) => standsInNone(bubble, panels)).length,
  };
}

const wordsOf = (text: string): number => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;

const standsInNone = (bubble: Box, panels: readonly Box[]): boolean =>
  panels.every((panel) => overlap(bubble, panel) === 0);
