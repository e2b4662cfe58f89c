import type { RecognizedWord } from '../reading/hocr.ts';
import type { Stretch } from '../reading/readings.ts';
import type { LanguageModel } from './vietnamese.ts';
import { coreOf, heard, isNoSyllable, textOf } from './word-candidates.ts';

/** Properties of the hand that wrote a page, as its lettering shows them. */
export interface PageHand {
  /** Share of words on which no two readings agree: how unfamiliar the recognizers are with the hand. */
  differing: number;
  /** Names, in small letters: words that the language does not have and that were read alike in several bubbles. */
  names: ReadonlySet<string>;
}

/** Prior for pages of few words: this many words of a hand with an average share of differences are added. */
const usual = { words: 12, differing: 0.15 };

/** Collects what the readings of a page's bubbles have in common. */
export function handOf(blocks: readonly (readonly Stretch[])[], language: LanguageModel): PageHand {
  const bubbles = new Map<string, number>();
  for (const block of blocks)
    for (const name of new Set(block.flatMap((stretch) => namesIn(stretch, language))))
      bubbles.set(name, (bubbles.get(name) ?? 0) + 1);
  const names = [...bubbles].flatMap(([name, count]) => (count > 1 ? [name] : []));
  const all = blocks.flat();
  const differing =
    (all.length * differingOf(all) + usual.words * usual.differing) / (all.length + usual.words);
  return { differing, names: new Set(names) };
}

/**
 * Returns the share of stretches on which no two readings agree. That one differs says little: data that learnt from print fails
 * on a hand that the data of comics knows.
 */
export const differingOf = (stretches: readonly Stretch[]): number =>
  stretches.filter((stretch) => {
    const texts = stretch.map((words) => heard(textOf(words)));
    return texts.length > 1 && new Set(texts).size === texts.length;
  }).length / Math.max(1, stretches.length);

/** Adds the names of a page to the words of a language. */
export const knowing = (language: LanguageModel, names: ReadonlySet<string>): LanguageModel => ({
  begins: language.begins,
  knows: (syllable) => isIn(names, syllable) || language.knows(syllable),
  chance: (previous, syllable) =>
    isIn(names, syllable) ? nameLogProbability : language.chance(previous, syllable),
});

/** Log-probability of a name, in nats: about that of a common word. */
export const nameLogProbability = -6;

const isIn = (names: ReadonlySet<string>, word: string) => names.has(word.toLowerCase());

/** Returns words that two readings agree on and that are not misread syllables, which have one vowel and mostly marks. */
function namesIn(stretch: Stretch, language: LanguageModel): string[] {
  const alike = (name: string) =>
    stretch.filter((words) => words.some((word) => nameOf(word) === name)).length > 1;
  return [...new Set(stretch.flat().map(nameOf))].filter(
    (name) => severalVowels.test(name) && !language.knows(name) && alike(name),
  );
}

const nameOf = ({ text }: RecognizedWord) => (isNoSyllable(text) ? '' : coreOf(text).toLowerCase());

const severalVowels = /^[a-z]*[aeiouy]+[b-df-hj-np-tv-xz]+[aeiouy]+[a-z]*$/;
