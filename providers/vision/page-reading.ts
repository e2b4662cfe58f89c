import { type Box, type Bubble, type PageReading, saidIn } from '../../domain/page.ts';
import { isAllowedSyllable } from './allowed-syllable.ts';
import type { PagePanels } from './page-panels.ts';
import { overlap } from './raster.ts';
import type { PageLettering } from './read-lettering.ts';
import { isMurmur } from './syllable.ts';

/**
 * Confidence of a bubble under which all its words count as uncertain. Printed lettering that is read right is above it
 * nearly everywhere; in hand-lettered capitals, of which one word in ten is read wrongly, every page has 15 % of its words
 * below.
 */
const CERTAIN = 92;

/** Collects what reading a page left unsure. */
export function readingOf(
  { panels, undivided, panel_doubt, order_doubt }: PagePanels,
  { bubbles, lettering_area, unread_area, language }: PageLettering,
): PageReading {
  const said = saidIn({ bubbles });
  const wordsIn = (some: typeof said) => some.reduce((sum, { text }) => sum + wordsOf(text), 0);
  return {
    undivided,
    panel_doubt,
    order_doubt,
    lettering_area,
    unread_area,
    words: wordsIn(said),
    uncertain_words:
      wordsIn(said.filter(({ confidence }) => confidence < CERTAIN)) +
      (language === 'vi' ? foreignIn(said.filter(({ confidence }) => confidence >= CERTAIN)) : 0),
    loose_bubbles: said.filter((bubble) => standsInNone(bubble, panels)).length,
    language,
  };
}

/** Counts words that Vietnamese does not have and that are not names: these have a capital, or come again. */
function foreignIn(bubbles: readonly Pick<Bubble, 'text'>[]): number {
  const words = bubbles.flatMap(({ text }) => text.match(/[\p{L}\p{M}]+/gu) ?? []);
  const times = new Map<string, number>();
  for (const word of words) times.set(word.toLowerCase(), (times.get(word.toLowerCase()) ?? 0) + 1);
  return words.filter((word) => {
    const isName = /^\p{Lu}\p{Ll}/u.test(word) || (times.get(word.toLowerCase()) ?? 0) > 1;
    return !isName && !isMurmur(word) && !isAllowedSyllable(word);
  }).length;
}

const wordsOf = (text: string): number => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;

const standsInNone = (bubble: Box, panels: readonly Box[]): boolean =>
  panels.every((panel) => overlap(bubble, panel) === 0);
