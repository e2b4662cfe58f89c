import { isPronounceable, speakable } from 'vietnamese-speech';
import { pagesText } from '../doubt/reason.ts';
import type { Segment } from '../script.ts';
import { sentencesOf } from '../sentences.ts';
import { isForeignSentence } from '../vietnamese.ts';
import { type Finding, found, quoted } from './finding.ts';

/** Shorter words are letters, and sounds that end early. */
const lettered = /\p{L}.*\p{L}.*\p{L}|[^\p{Script=Latin}\p{N}]/u;

/** Returns the words of a text that a Vietnamese voice leaves out, or whose letters it can't join. */
const unpronounceableIn = (text: string): string[] =>
  (text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => {
    if (!lettered.test(word)) return false;
    const spoken = speakable(word).match(/[\p{L}\p{M}]+/gu) ?? [];
    return spoken.length === 0 || spoken.some((part) => !isPronounceable(part));
  });

/** Finds words that can't be pronounced, each once. */
export function unpronounceable(segments: readonly Segment[]): Finding[] {
  const pages = new Map<string, number[]>();
  for (const { text, page } of segments)
    for (const word of unpronounceableIn(text)) pages.set(word, [...(pages.get(word) ?? []), page]);
  return [...pages].map(([word, on]) =>
    found('unpronounceable', on, `${pagesText(on)}: a Vietnamese voice can't pronounce ${quoted(word)}`),
  );
}

/**
 * Finds sentences in another language. Only a model gives a segment a mood: there they are surely wrong, while lettering can have a
 * foreign line on purpose.
 */
export const foreignSentences = (segments: readonly Segment[]): Finding[] =>
  segments.flatMap(({ text, page, mood }) =>
    sentencesOf(text)
      .filter(isForeignSentence)
      .map((sentence) =>
        found(
          'foreign',
          [page],
          `page ${page}: this sentence is not Vietnamese: ${quoted(sentence)}`,
          mood !== undefined,
        ),
      ),
  );
