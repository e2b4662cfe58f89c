import { type PageAnalysis, saidIn } from '../../../domain/page.ts';
import { countOrder } from '../panels/bubble-order.ts';
import { pairs } from '../panels/score.ts';
import type { TruePage } from '../panels/truth.ts';
import { hits, wordsOf } from '../panels/words.ts';

/** A page as it was read, and its errors by its truth. */
export interface ReadPage {
  /** Who lettered it. */
  hand: string;
  analysis: PageAnalysis;
  /** Number of spoken words of the page, and of those that are missing, replaced, invented or from signs and sounds. */
  words: number;
  wrong: number;
  /** Number of words that are said although they are not meant: misread, invented, or from signs and sounds. */
  misread: number;
  /** A panel is missing, in pieces, joined with another or cropped; false if the panels are ambiguous. */
  misdivided: boolean;
  /** Panels that were found, or bubbles that were read, are not in their true order. */
  misordered: boolean;
}

/**
 * If a truth does not say what is spoken, a line counts that has three words, of which at least this share was read: most of the
 * others are sounds and signs, which must not be spoken. A bubble of which nothing was read does not count either.
 */
const leastRead = 0.4;
const isSpokenLine = (line: string, read: readonly string[]) => {
  const words = wordsOf(line);
  return words.length >= 3 && words.filter((word) => read.includes(word)).length >= leastRead * words.length;
};

/** Returns words without those of another list, each once. */
function without(words: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Compares a page as it was read with its truth. */
export function comparedPage(analysis: PageAnalysis, truth: TruePage, hand: string): ReadPage {
  const bubbles = analysis.panels.flatMap((panel) => panel.bubbles);
  const said = saidIn({ bubbles }).flatMap(({ text }) => wordsOf(text));
  const spoken =
    truth.bubbles?.filter((bubble) => bubble.spoken).map(({ text }) => text) ??
    truth.lettered.filter((line) => isSpokenLine(line, said));
  const meant = spoken.flatMap(wordsOf);
  const missed = meant.length - hits(said, meant);
  const invented = said.length - hits(said, truth.lettered.flatMap(wordsOf));
  const seenOnly =
    truth.bubbles?.filter((bubble) => !bubble.spoken).flatMap(({ text }) => wordsOf(text)) ?? [];
  const spokenSigns = hits(without(said, meant), seenOnly);
  const same = pairs(analysis.panels, truth.panels);
  const sequence = [...same].sort(([one], [other]) => one - other).map(([, meantAt]) => meantAt);
  const { read, right } = countOrder(bubbles, truth.bubbles ?? []);
  return {
    ...{ hand, analysis },
    words: meant.length,
    // A word that was read as another is one error, not two.
    wrong: Math.max(missed, invented) + spokenSigns,
    misread: invented + spokenSigns,
    misdivided:
      !truth.ambiguous && (same.size < truth.panels.length || analysis.panels.length > truth.panels.length),
    misordered:
      (!truth.ambiguous && sequence.some((at, i) => i > 0 && at < (sequence[i - 1] as number))) ||
      right < read,
  };
}
