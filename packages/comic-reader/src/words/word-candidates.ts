import type { RecognizedWord } from '../reading/hocr.ts';
import type { Stretch } from '../reading/readings.ts';
import { costAt, costOf, type Letters, lettersOf, likeLetters, type Place } from './letter-costs.ts';
import { lookCost } from './look-costs.ts';
import { isConsonant, isCry, isNumber, isShort, isStumble, isUnit } from './said-writing.ts';
import { isMurmur, partedSyllables } from './syllable.ts';
import type { LanguageModel } from './vietnamese.ts';

/** Most candidates of a stretch. */
const mostTexts = 8;
/** Most letters of a stretch whose words are searched for other letters: a longer one is not a word that was read in parts. */
const mostLetters = 60;
/** Largest cost of an alternative letter in a certain word, by the recognizer alone, in nats. */
const mostSure = 1.8;

export interface Candidate {
  text: string;
  /** In nats, from the readings alone. */
  cost: number;
}

/** Returns possible texts of a stretch, the likeliest by the readings first. */
export function candidatesOf(stretch: Stretch, language: LanguageModel): Candidate[] {
  const readings = stretch.map(lettersOf);
  const texts = new Set(stretch.map(textOf));
  const most = isSettled(stretch, language) ? mostSure : Number.POSITIVE_INFINITY;
  if (readings.every(({ length }) => length <= mostLetters))
    for (const words of stretch) for (const text of spellingsOf(words, language, most)) texts.add(text);
  return [...texts]
    .map((text) => {
      const letters = [...text];
      return { text, cost: readings.reduce((sum, reading) => sum + costOf(letters, reading), 0) };
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, mostTexts);
}

/** Confidence of words that need no choice if all readings agree and the word exists. */
const sure = 85;
export function isSettled(stretch: Stretch, language: LanguageModel): boolean {
  const words = stretch.flat();
  return (
    new Set(stretch.map(textOf)).size === 1 &&
    words.every((word) => word.confidence >= sure && language.knows(coreOf(word.text)) && looksSo(word))
  );
}

/** Returns whether the look of a word's letters agrees with them. */
const looksSo = ({ choices = [], looks = [] }: RecognizedWord) =>
  choices.every(([first], i) => lookCost(first?.letter ?? '', looks[i] ?? null) < looksOtherwise);
const looksOtherwise = 1;

/** Returns ways to read a stretch that make a syllable of a word: other letters for one or two of it, or a space in it. */
function spellingsOf(words: readonly RecognizedWord[], language: LanguageModel, most: number): string[] {
  const found: string[] = [];
  for (const [i, word] of words.entries()) {
    if (isNoSyllable(word.text)) continue;
    const around = (core: string) =>
      words
        .map((other, at) => (at === i ? word.text.replace(coreOf(word.text), core) : other.text))
        .join(' ');
    const core = coreOf(word.text);
    if (core === '') continue;
    const parts = partedSyllables(core);
    if (parts) found.push(around(parts.join(' ')));
    // The exclamation mark after a word looks like an i or an l.
    if (i === words.length - 1 && /[iIl]$/.test(word.text) && language.knows(core.slice(0, -1)))
      found.push(around(`${core.slice(0, -1)}!`));
    const letters = lettersOf([word]);
    const start = [...word.text].join('').indexOf(core);
    const own = letters.slice(start, start + [...core].length);
    for (const other of variantsOf(core, own, language, most)) found.push(around(other));
  }
  return found;
}

/** Most variants of a word by one reading: the other readings add theirs. */
const mostVariants = 12;
const longest = 8;
/** Most letters of a word that can differ from what was read. */
const mostChanges = 2;

/** Returns existing syllables with other letters in some places, in the word's capitals or lower case. */
function variantsOf(core: string, letters: Letters, language: LanguageModel, most: number): string[] {
  const own = [...core];
  if (own.length > longest || own.length !== letters.length) return [];
  const isCapital = own.map((letter) => letter !== letter.toLowerCase());
  const choices = letters.map((place, i) => {
    const read = (own[i] as string).toLowerCase();
    const seen = place.rivals.filter(({ small, cost }) => cost < most && /^\p{Ll}$/u.test(small));
    const like = most === Number.POSITIVE_INFINITY ? likeLetters(read) : [];
    return [...new Set([read, ...seen.map(({ small }) => small), ...like, ...marksSeen(read, place)])];
  });
  const found: Candidate[] = [];
  const go = (prefix: string, at: number, changes: number, cost: number) => {
    if (at === own.length) {
      if (changes > 0 && language.knows(prefix)) found.push({ text: prefix, cost });
      return;
    }
    for (const [i, letter] of (choices[at] as string[]).entries()) {
      const changed = changes + (i > 0 ? 1 : 0);
      if (changed > mostChanges || !language.begins(prefix + letter)) continue;
      const written = isCapital[at] ? letter.toUpperCase() : letter;
      go(prefix + letter, at + 1, changed, cost + costAt(letters[at] as Place, written));
    }
  };
  go('', 0, 0, 0);
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, mostVariants)
    .map(({ text }) => [...text].map((letter, i) => (isCapital[i] ? letter.toUpperCase() : letter)).join(''));
}

const vowels = [...'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ'];

/** Returns a vowel with other marks if the marks in the picture differ from those that were read. */
function marksSeen(read: string, { look }: Place): string[] {
  if (lookCost(read, look) < looksOtherwise) return [];
  const base = read.normalize('NFD')[0];
  return vowels.filter(
    (vowel) => vowel.normalize('NFD')[0] === base && lookCost(vowel, look) < looksOtherwise,
  );
}

/** Returns whether a word is a number, an abbreviation or a cry, which a list of syllables cannot judge. */
export const isNoSyllable = (word: string) =>
  isMurmur(word) ||
  isNumber(word) ||
  isStumble(word) ||
  isCry(coreOf(word)) ||
  isConsonant(coreOf(word)) ||
  isUnit(word) ||
  (/\p{Lu}|\./u.test(word) && isShort(word));

export const textOf = (words: readonly RecognizedWord[]) => words.map(({ text }) => text).join(' ');

/** Returns a word without the marks at its ends. */
export const coreOf = (word: string) => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** Normalizes a text to how it sounds: without marks at the ends of words and without capitals. */
export const heard = (text: string) =>
  text
    .split(' ')
    .map((word) => coreOf(word).toLowerCase())
    .join(' ')
    .trim();
