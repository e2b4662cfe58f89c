import { isVietnameseSyllable } from 'comic-reader/syllables';

/** Letters with a Vietnamese mark: tones, and ă â đ ê ô ơ ư. */
const vietnameseMark = /[\u0300\u0301\u0303\u0309\u0323\u0306\u0302\u031b\u0111]/u;

/**
 * Returns whether a sentence is Vietnamese. Names do not count, so capitalised words are left out; of the rest most must be
 * built like Vietnamese syllables and, since running text has marks on well over half of its words, a quarter must be marked.
 * English and unmarked Vietnamese fail the second condition, French the first.
 */
export function isVietnamese(text: string): boolean {
  const words = text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.some((word) => /\p{L}/u.test(word) && !/\p{Script=Latin}/u.test(word))) return false;
  const small = words.filter((word, i) => i === 0 || word === word.toLowerCase());
  // A text in capitals is not a list of names.
  const common = small.length * 2 < words.length ? words : small;
  if (common.length === 0) return false;
  const syllables = common.filter(isVietnameseSyllable).length;
  // Exclamations are too short to decide: "Ha ha!", "Đi thôi.", "Kim ơi!"
  if (common.length < 5) return syllables * 2 >= common.length;
  const marked = common.filter((word) => vietnameseMark.test(word.toLowerCase().normalize('NFD'))).length;
  return syllables >= common.length * 0.75 && marked >= common.length * 0.25;
}
