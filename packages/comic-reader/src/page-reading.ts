import { type Box, type PageReading, saidIn } from './page.ts';
import type { PagePanels } from './page-panels.ts';
import { overlap } from './raster.ts';
import type { PageLettering } from './read-lettering.ts';

/**
 * Confidence of a bubble under which all its words count as uncertain. Printed lettering that is read right is above it
 * nearly everywhere; in hand-lettered capitals, of which one word in ten is read wrongly, every page has 15 % of its words
 * below.
 */
const CERTAIN = 92;

/** Collects what reading a page left unsure. */
export function readingOf(
  { panels, undivided, panel_doubt, order_doubt }: PagePanels,
  { bubbles, unread: _, lost, ...lettering }: PageLettering,
  sharpness: number,
): PageReading {
  const said = saidIn({ bubbles });
  const wordsIn = (some: typeof said) => some.reduce((sum, { text }) => sum + wordsOf(text), 0);
  return {
    undivided,
    panel_doubt,
    order_doubt,
    ...lettering,
    sharpness,
    words: wordsIn(said) + lost,
    uncertain_words: wordsIn(said.filter(({ confidence }) => confidence < CERTAIN)) + lost,
    lost_words: lost,
    unsure_bubbles: said.filter(({ unsure_kind }) => unsure_kind).length,
    loose_bubbles: said.filter((bubble) => standsInNone(bubble, panels)).length,
  };
}

const wordsOf = (text: string): number => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;

const standsInNone = (bubble: Box, panels: readonly Box[]): boolean =>
  panels.every((panel) => overlap(bubble, panel) === 0);
