import { isVietnameseSyllable } from 'comic-reader/syllables';

/** Letters with a Vietnamese mark: tones, and ă â đ ê ô ơ ư. */
const vietnameseMark = /[\u0300\u0301\u0303\u0309\u0323\u0306\u0302\u031b\u0111]/u;

/**
 * Returns whether a sentence is Vietnamese. Names do not count, so capitalised words are left out; of the rest most must be
 * built like Vietnamese syllables and, since running text has marks on well over half of its words, a quarter must be marked.
 * English and unmarked Vietnamese fail the second condition, French the first.
 */
export function isVietnamese(text: string): boolean {
  const words = wordsOf(text);
  if (words.some((word) => !isLatin(word))) return false;
  const small = uncapitalised(words);
  // A text in capitals is not a list of names.
  const common = small.length * 2 < words.length ? words : small;
  if (common.length === 0) return false;
  const syllables = common.filter(isVietnameseSyllable).length;
  // Exclamations are too short to decide: "Ha ha!", "Đi thôi.", "Kim ơi!"
  if (common.length < 5) return syllables * 2 >= common.length;
  const marked = common.filter(isMarked).length;
  return syllables >= common.length * 0.75 && marked >= common.length * 0.25;
}

/** Fewer words can be a cry or a name. */
const fewestForeign = 5;

/**
 * Returns whether a sentence is surely in another language: of five words or more without names, at most half are built like
 * Vietnamese syllables, three quarters if none has a mark, or half are in another script. A short Vietnamese sentence can be without
 * marks, but all of its words are syllables.
 */
export function isForeignSentence(sentence: string): boolean {
  const words = wordsOf(sentence);
  const others = words.filter((word) => !isLatin(word)).length;
  if (others > 0 && others * 2 >= words.length) return true;
  const common = (sentence === sentence.toUpperCase() ? words : uncapitalised(words)).filter(hasVowel);
  const most = common.some(isMarked) ? 0.5 : 0.75;
  return common.length >= fewestForeign && common.filter(isVietnameseSyllable).length <= most * common.length;
}

const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
const isMarked = (word: string) => vietnameseMark.test(word.toLowerCase().normalize('NFD'));
/** Sounds and units have none: `brrr`, `kg`. */
const hasVowel = (word: string) => /[aeiouy]/i.test(word.normalize('NFD'));
const isLatin = (word: string) => /\p{Script=Latin}/u.test(word);

const uncapitalised = (words: readonly string[]) =>
  words.filter((word, i) => i === 0 || word === word.toLowerCase());
