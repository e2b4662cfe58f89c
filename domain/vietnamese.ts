import { isAllowedSyllable, isVietnameseSyllable } from 'comic-reader/syllables';
import { sentencesOf } from './sentences.ts';

/** Letters with a Vietnamese mark: tones, and ă â đ ê ô ơ ư. */
const vietnameseMark = /[\u0300\u0301\u0303\u0309\u0323\u0306\u0302\u031b\u0111]/u;

/**
 * Returns whether a sentence is Vietnamese. Names do not count, so capitalised words are left out; of the rest most must be
 * built like Vietnamese syllables and, since running text has marks on well over half of its words, a quarter must be marked.
 * English and unmarked Vietnamese fail the second condition, French the first.
 * @param names words that are known to be names, also where they begin a sentence or are all of it
 */
export function isVietnamese(text: string, names: ReadonlySet<string> = new Set()): boolean {
  const all = wordsOf(text);
  const words = all.filter((word) => !names.has(word));
  if (all.length > 0 && words.length === 0) return true;
  if (words.some((word) => !isLatin(word))) return false;
  const small = uncapitalised(words);
  // A text in capitals is not a list of names.
  const common = small.length * 2 < words.length ? words : small;
  if (common.length === 0) return false;
  const syllables = common.filter(isVietnameseSyllable).length;
  // Exclamations are too short to decide: "Ha ha!", "Đi thôi.", "Kim ơi!"
  if (common.length < 5) return syllables * 2 >= common.length;
  // A short sentence can be without marks, if all of its words are Vietnamese.
  if (common.length < fewestUnmarked && common.every(isAllowedSyllable)) return true;
  const marked = common.filter(isMarked).length;
  return syllables >= common.length * 0.75 && marked >= common.length * 0.25;
}

const fewestUnmarked = 8;

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
  const common = (isInCapitals(sentence) ? words : uncapitalised(words)).filter(hasVowel);
  const most = common.some(isMarked) ? 0.5 : 0.75;
  return common.length >= fewestForeign && common.filter(isVietnameseSyllable).length <= most * common.length;
}

/** Marks around quoted or announced text, which is judged for itself: `Lan hét: “Wait for me!”` */
const passage = /[:;“”"«»]|(?<=\p{L}[.!?…]*)[’'](?!\p{L})|(?<!\p{L})[‘']/u;
/** Loan words and sounds that are said like an interjection. */
const loans = new Set(['ok', 'okay', 'alo', 'uhm']);

/**
 * Returns whether a text is Vietnamese and nothing in it is in another language, however short: of several words without marks all are
 * syllables of the language, and of those with marks half. Names do not count.
 */
export function isAllVietnamese(text: string, names: ReadonlySet<string>): boolean {
  const parts = sentencesOf(text.normalize('NFC')).flatMap((sentence) => sentence.split(passage));
  return isVietnamese(text, names) && !parts.some((part) => isForeignPart(part, names));
}

/** A longer one is a sentence: names have up to four words, and a title before them. */
const mostWordsOfName = 6;

/**
 * Returns the words of names, for texts in which they do not count, also in capitals. Only what is written like a name counts: a model can
 * call a sentence a name, or write it in letters that a Vietnamese voice leaves out.
 */
export const wordsOfNames = (names: readonly string[]): ReadonlySet<string> =>
  new Set(
    names
      .map(wordsOf)
      .filter((words) => words.length <= mostWordsOfName)
      .flat()
      .filter((word) => isLatin(word) && /^\p{Lu}/u.test(word))
      .flatMap((word) => [word, word.toUpperCase()]),
  );

/** Returns whether a Vietnamese voice can say the letters of a name. */
export const isInLatinLetters = (name: string): boolean => wordsOf(name).every(isLatin);

function isForeignPart(part: string, names: ReadonlySet<string>): boolean {
  const words = wordsOf(part).filter((word) => !names.has(word));
  if (words.some((word) => !isLatin(word))) return true;
  const common = (isInCapitals(part) ? words : uncapitalised(words)).filter(
    (word) => hasVowel(word) && !loans.has(word.toLowerCase()),
  );
  // One word, also said again and again, can be a cry or a sound.
  if (new Set(common.map((word) => word.toLowerCase())).size < 2) return false;
  const allowed = common.filter(isAllowedSyllable).length;
  return common.some(isMarked) ? allowed * 2 < common.length : allowed < common.length;
}

const isInCapitals = (text: string) => text === text.toUpperCase();
const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
const isMarked = (word: string) => vietnameseMark.test(word.toLowerCase().normalize('NFD'));
/** Sounds and units have none: `brrr`, `kg`. */
const hasVowel = (word: string) => /[aeiouy]/i.test(word.normalize('NFD'));
/** Marks, and letters such as ʼ, belong to every script. */
const isLatin = (word: string) =>
  /\p{Script=Latin}/u.test(word) && !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(word);

const uncapitalised = (words: readonly string[]) =>
  words.filter((word, i) => i === 0 || word === word.toLowerCase());
