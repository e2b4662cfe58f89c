import {
  abbreviations,
  addressOf,
  bareUnits,
  counters,
  currencies,
  lettered,
  looseCounters,
  multiples,
  sounds,
  symbols,
  units,
  whole,
} from 'vietnamese-speech/vocabulary';

/*
 * Tokens that are spoken although they are not built like words: numbers with their units and signs, abbreviations, ranks.
 * `vietnamese-speech` knows how each is spoken; this module recognizes them.
 */

const ends = (from: string) => from.replace(/[^\p{L}\p{N}]+$/gu, '');
const keysOf = (...tables: Readonly<Record<string, string>>[]) =>
  new Set(
    tables.flatMap((table) => Object.keys(table).flatMap((key) => [key, key.toUpperCase(), ends(key)])),
  );

const shorts = keysOf(abbreviations);
const measures = keysOf(units, currencies, multiples);
const address = whole(addressOf, 'iu')();

/** Letters beside digits: hours and minutes, times, decades, ordinals. */
const besideDigits = /^(?:[hgpx]|[ap]m|AM|PM|st|nd|rd|th|No|Ch)$/u;
/** Letters of a number plate, a model or a room. */
const code = /^[A-ZĐ]{1,5}$/u;
/** Signs before, between and after digits. */
const marks = /[\s.,:;!?…'’"()[\]/%‰°℃℉+\-−–—=<>≤≥≠×÷*^~#№√&²³½¼¾$€£¥￥₩₫]+/u;

/** Returns whether a token is a number: digits with only signs, units, money and letters of a code. */
export function isNumber(token: string): boolean {
  // A zero alone, or among letters, can be an O.
  if (!/[^\P{N}0]/u.test(token)) return false;
  const parts = token.split(marks).filter((part) => part !== '');
  return parts.every((part) =>
    part
      .split(/\p{N}+/u)
      .filter((run) => run !== '')
      .every((run) => besideDigits.test(run) || code.test(run) || measures.has(run) || shorts.has(run)),
  );
}

/** Returns whether a token is a known abbreviation or address, or capitals that are spelt out. */
export function isShort(token: string): boolean {
  const bare = token.replace(/^[^\p{L}\p{N}]+/gu, '').replace(/[!?…,;:]+$/gu, '');
  return shorts.has(bare) || shorts.has(ends(bare)) || address.test(token);
}

/** Returns whether a word is capitals without a vowel, which are spelt out: XYZ, SSR. */
export const isSpelt = (word: string): boolean => /^[B-DF-HJ-NP-TV-XZĐ]{2,4}$/u.test(word);

/** Returns whether a word is a cry without a vowel that has a known sound. */
export const isCry = (word: string): boolean => sounds.some(([pattern]) => pattern.test(word.toLowerCase()));

/** Returns whether a token is the beginning of a word in a stammer: Kh... không. */
export const isStumble = (token: string): boolean =>
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])(?:…|\.{2,})$/iu.test(token);

const namesByLetter = new RegExp(String.raw`(?:^|\s)(?:${lettered}|${counters}|${looseCounters})\.?$`, 'iu');

/** Returns whether a single capital belongs to the word before it: hạng S, kế hoạch B. */
export const isLetterOf = (before: string, word: string): boolean =>
  /^\p{Lu}$/u.test(word) && namesByLetter.test(before);

/** Returns whether a token after a number is its unit, or a sign before the next number: 20 kg, 50 đ, 1 + 1. */
export const belongsToNumber = (token: string): boolean =>
  measures.has(token) || measures.has(ends(token)) || /^(?:[-+−–=<>≤≥≠×÷x]|->|=>|→)$/u.test(token);

/** Returns whether a token is an unambiguous unit, with or without a number: một kg. */
export const isUnit = (token: string): boolean => {
  const bare = ends(token);
  return bareUnits.includes(bare) && !isNumber(token);
};

/** Returns whether a word is a single consonant, which is the name of a letter or money: loại C, 50 đ. */
export const isConsonant = (word: string): boolean => /^(?:[B-DF-HJ-NP-TV-XZĐ]|đ)$/u.test(word);

/** Returns whether a sign between words is spoken as a word. */
export const isSaidSign = (token: string): boolean => token === '&' || token in symbols;
