import { z } from 'zod';
import { PageAnalysis, saidIn } from '../../domain/page.ts';
import type { PageReader, PageToRead } from '../../providers/vision/page-reader.ts';
import { countOrder } from '../panels/bubble-order.ts';
import { PanelScore } from '../panels/score.ts';
import type { TruePage } from '../panels/truth.ts';
import { hits, wordsOf } from '../panels/words.ts';

/** A page as it was read, and what is wrong with that by its truth. */
export const ReadPage = z.object({
  analysis: PageAnalysis,
  /** Words that somebody says on the page, and how many of them are missing or replaced, or said by nobody. */
  words: z.number(),
  wrong: z.number(),
  /** Panels or neighbouring bubbles come in another order than the true one; false where the order is arguable. */
  misordered: z.boolean(),
});
export type ReadPage = z.infer<typeof ReadPage>;

/**
 * Where a truth does not say what somebody says, a line counts that has three words, of which one was read: the others are
 * sounds and signs for the most part, which nobody is to say.
 */
const isSpokenLine = (line: string, read: readonly string[]) => {
  const words = wordsOf(line);
  return words.length >= 3 && words.some((word) => word.length > 2 && read.includes(word));
};

/** Reads a page and compares it with the truth. */
export async function readPage(reader: PageReader, page: PageToRead, truth: TruePage): Promise<ReadPage> {
  const analysis = await reader.read(page);
  const bubbles = analysis.panels.flatMap((panel) => panel.bubbles);
  const said = saidIn({ bubbles }).flatMap(({ text }) => wordsOf(text));
  const spoken =
    truth.bubbles?.filter((bubble) => bubble.spoken).map(({ text }) => text) ??
    truth.lettered.filter((line) => isSpokenLine(line, said));
  const meant = spoken.flatMap(wordsOf);
  const missed = meant.length - hits(said, meant);
  const invented = said.length - hits(said, truth.lettered.flatMap(wordsOf));
  const sequence = new PanelScore().add(analysis.panels, truth.panels);
  const { read, right } = countOrder(bubbles, truth.bubbles ?? []);
  return {
    analysis,
    words: meant.length,
    // A word that was read as another is one mistake, not two.
    wrong: Math.max(missed, invented),
    misordered: (!sequence && !truth.ambiguous) || right < read,
  };
}
