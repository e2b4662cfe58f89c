import { base, vowel } from './letters.ts';
import { isSyllable } from './syllable.ts';

const onsets = /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvxfjwz])?$/iu;
const codas = /^(?:ch|ng|nh|[cmnptbdghklrs])?$/iu;

/**
 * Returns whether letters can be a word: a Vietnamese syllable, or a word whose consonant groups occur in syllables.
 */
export function isPronounceable(word: string): boolean {
  if (isSyllable(word)) return true;
  const plain = base(word).replace(/đ/g, 'd');
  if (!vowel.test(plain)) return false;
  const parts = plain.split(/[aeiouy]+/u);
  return parts.every((part, index) => {
    if (index === 0) return onsets.test(part) || part.length === 2;
    return index === parts.length - 1 ? codas.test(part) || part.length === 2 : part.length <= 3;
  });
}
