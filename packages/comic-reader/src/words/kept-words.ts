import type { ReadWord } from '../reading/hocr.ts';
import {
  belongsToNumber,
  isCry,
  isLetterOf,
  isNumber,
  isSaidSign,
  isShort,
  isSpelt,
  isStumble,
  isUnit,
} from './said-writing.ts';
import { isSayable, isVietnameseSyllable } from './syllable.ts';
import { bare, letters, signs } from './word-measures.ts';

/**
 * Least confidence of a word with the structure of the language. Measured: nine of ten true words have 90 or more, and art that
 * was mistaken for letters rarely reaches 60.
 */
export const leastLikely = 35;
/** The same for other languages, whose words cannot be recognized by their structure. */
const likelyForeign = 65;
/** The same for both if the bubble's other words are certain. */
const likelyInCompany = 25;
/** Least confidence of other words: names, foreign words, numbers. */
const unlikely = 70;
/** Least confidence of a scrap, and of letters that are spelt out. */
export const leastScrap = 84;

const contraction = /^[a-z]+(n['’]+t|['’]+(s|re|ve|ll|d|m))$/i;

/** Returns whether a word starts with a vowel, with any marks: `ở` is a frequent word of one letter. */
const startsWithVowel = (word: string) => /^[aeiouy]/i.test(word.normalize('NFD'));

/** Returns whether a word is kept, by its confidence and structure; punctuation has to be certain. */
export function keeps({ text, confidence }: ReadWord, vietnamese: boolean, amongSure: boolean): boolean {
  const word = bare(text);
  if (letters(word) === 0) {
    if (/^\d[\d.,]*$/.test(word)) return confidence >= unlikely;
    return /^[!?.…]+$/u.test(text) && confidence >= unlikely;
  }
  if (!/^[\p{L}\p{M}\d'’.,-]+$/u.test(word)) return false;
  // A digit among letters is a misread letter or a unit, as in 60Ko.
  if (/\p{L}\d/u.test(word)) return false;
  const parts = word.split(/[-.,'’]+/u).filter((part) => letters(part) > 0);
  const likely = vietnamese
    ? parts.every((part) => isVietnameseSyllable(part))
    : contraction.test(word) || parts.every((part) => isSayable(part));
  if (likely && (letters(word) > 1 || startsWithVowel(word))) {
    // The recognizer doubts the apostrophe: letters before it and a known ending after it are a word.
    if (!vietnamese && amongSure && contraction.test(word)) return true;
    if (amongSure) return confidence >= likelyInCompany;
    return confidence >= (vietnamese ? leastLikely : likelyForeign);
  }
  return (
    confidence >= unlikely && (letters(word) > 1 ? isSayable(word) : !vietnamese && /^[ia]$/i.test(word))
  );
}

/** Returns whether speech can say a token that is not built like a word, alone or beside its neighbours. */
export function keepsWritten(line: readonly ReadWord[], at: number): boolean {
  const { text, confidence } = line[at] as ReadWord;
  if (confidence < unlikely) return false;
  if (isNumber(text) || isShort(text) || isCry(bare(text)) || isStumble(text) || isUnit(text)) return true;
  if (isSpelt(bare(text))) return confidence >= leastScrap;
  const [before, after] = [line[at - 1]?.text ?? '', line[at + 1]?.text ?? ''];
  if (/\p{N}\p{L}{0,2}$/u.test(before) && belongsToNumber(text)) return true;
  if (isSaidSign(text)) return signs(before) > 0 && signs(after) > 0;
  return isLetterOf(
    line
      .slice(Math.max(0, at - 2), at)
      .map((word) => word.text)
      .join(' '),
    bare(text),
  );
}

/** Returns whether a token is zeros that could be the letter O, because they are not part of a number like 50 000. */
export const areLetters = (line: readonly ReadWord[], at: number) =>
  /^0+$/.test(bare(line[at]?.text ?? '')) && !/\p{N}$/u.test(line[at - 1]?.text ?? '');

/**
 * Returns whether something that was left out was a word, sure or not: a stroke or a dot of art is read as a single letter or digit
 * at most. Between words and in a balloon there is nothing else than words.
 */
export const isWordLike = ({ text }: ReadWord, isAmongWords: boolean) => signs(text) > (isAmongWords ? 0 : 1);
