/**
 * Returns whether a word has the structure of a Vietnamese syllable: initial, vowels, final, at most one tone mark. All words
 * of the language are syllables, so this distinguishes words from what a recognizer reads in hair and folds. It does not
 * check which vowels and finals go together.
 */
export function isVietnameseSyllable(word: string): boolean {
  const marks = word.toLowerCase().normalize('NFD');
  if ((marks.match(tones)?.length ?? 0) > 1) return false;
  return syllable.test(marks.replace(tones, '').normalize('NFC'));
}

/** Grave, acute, hook, tilde, dot below, as combining marks. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

const syllable =
  /^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?[aăâeêioôơuưy]{1,3}(ch|ng|nh|c|m|n|p|t)?$/;

/**
 * Splits two words that a recognizer ran together, as in `xinlỗi`. A word without marks could be a name and stays whole, and
 * so does one that can be split in two places.
 */
export function partedSyllables(word: string): [string, string] | null {
  if (isVietnameseSyllable(word) || !marked.test(word.normalize('NFD'))) return null;
  const letters = [...word.normalize('NFC')];
  const partings = letters
    .map((_, at): [string, string] => [letters.slice(0, at).join(''), letters.slice(at).join('')])
    .filter((parts) => parts.every((part) => isVietnameseSyllable(part) && isWhole(part)));
  return partings.length === 1 ? (partings[0] as [string, string]) : null;
}

const marked = /[\u0300-\u0303\u0306\u0309\u031b\u0323đ]/i;

/** Returns whether a part is a word: a single letter has to be a vowel, and a final stop needs one of two tones. */
function isWhole(part: string): boolean {
  const marks = part.toLowerCase().normalize('NFD');
  if ([...part].length === 1) return /^[aeouy]/.test(marks);
  return !/(ch|c|p|t)$/.test(marks.replace(/\p{M}/gu, '')) || /[\u0301\u0323]/.test(marks);
}

/** Sounds that people make without vowels. */
const vowelless = /^(m+|h+m+|s+h*|b?r+|z+|p+s+t*|g+r+)$/i;

/** Returns whether a word is hummed, or one prolonged sound. */
export const isMurmur = (word: string): boolean =>
  vowelless.test(word.replace(/[^\p{L}]/gu, '')) || /(\p{L})\1\1/iu.test(word);

/** Returns whether a word in the Latin script can be spoken: it has a vowel, or is a known murmur. */
export function isSayable(word: string): boolean {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  return /[aeiouyđ]/i.test(plain) || vowelless.test(plain);
}
