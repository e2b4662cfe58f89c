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
 * What speech says though it is not built like a word: numbers with what belongs to them, abbreviations, ranks, units.
 * What each is said for is known to `vietnamese-speech`; here is only which tokens it knows.
 */

const ends = (from: string) => from.replace(/[^\p{L}\p{N}]+$/gu, '');
const keysOf = (...tables: Readonly<Record<string, string>>[]) =>
  new Set(
    tables.flatMap((table) => Object.keys(table).flatMap((key) => [key, key.toUpperCase(), ends(key)])),
  );

const shorts = keysOf(abbreviations);
const measures = keysOf(units, currencies, multiples);
const address = whole(addressOf, 'iu');

/** Hours and minutes, times, and what a decade or a bonus is written with. */
const BESIDE_DIGITS = /^(?:[hgpx]|[ap]m|AM|PM|st|nd|rd|th|No|Ch)$/u;
/** Letters of a plate, a model, a room. */
const CODE = /^[A-ZĐ]{1,5}$/u;
/** Signs with a meaning before, between and after digits. */
const MARKS = /[\s.,:;!?…'’"()[\]/%‰°℃℉+\-−–—=<>≤≥≠×÷*^~#№√&²³½¼¾$€£¥￥₩₫]+/u;

/** Whether a token is a number with nothing beside its digits but signs, units, money and letters of a code. */
export function isNumber(token: string): boolean {
  // A nought alone, or among letters, is an O as well.
  if (!/[^\P{N}0]/u.test(token)) return false;
  const parts = token.split(MARKS).filter((part) => part !== '');
  return parts.every((part) =>
    part
      .split(/\p{N}+/u)
      .filter((run) => run !== '')
      .every((run) => BESIDE_DIGITS.test(run) || CODE.test(run) || measures.has(run) || shorts.has(run)),
  );
}

/** Whether a token is an abbreviation or an address that speech knows, or capitals that are said one by one. */
export function isShort(token: string): boolean {
  const bare = token.replace(/^[^\p{L}\p{N}]+/gu, '').replace(/[!?…,;:]+$/gu, '');
  return shorts.has(bare) || shorts.has(ends(bare)) || address.test(token);
}

/** Capitals without a vowel, which are said one by one: XYZ, SSR. */
export const isSpelt = (word: string): boolean => /^[B-DF-HJ-NP-TV-XZĐ]{2,4}$/u.test(word);

/** A cry without a vowel that speech has a sound for. */
export const isCry = (word: string): boolean => sounds.some(([pattern]) => pattern.test(word.toLowerCase()));

/** The beginning of a word over which somebody stumbles: Kh... không. */
export const isStumble = (token: string): boolean =>
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])(?:…|\.{2,})$/iu.test(token);

const namesByLetter = new RegExp(String.raw`(?:^|\s)(?:${lettered}|${counters}|${looseCounters})\.?$`, 'iu');

/** Whether a single capital is named by what stands before it: hạng S, kế hoạch B. */
export const isLetterOf = (before: string, word: string): boolean =>
  /^\p{Lu}$/u.test(word) && namesByLetter.test(before);

/** Whether a token after a number is what it counts, or a sign between it and the next: 20 kg, 50 đ, 1 + 1. */
export const belongsToNumber = (token: string): boolean =>
  measures.has(token) || measures.has(ends(token)) || /^(?:[-+−–=<>≤≥≠×÷x]|->|=>|→)$/u.test(token);

/** Whether a token is a unit that can be nothing else, with or without a number: một kg. */
export const isUnit = (token: string): boolean => {
  const bare = ends(token);
  return bareUnits.includes(bare) && !isNumber(token);
};

/** A consonant alone, which is a letter's name or money: loại C, 50 đ. */
export const isConsonant = (word: string): boolean => /^(?:[B-DF-HJ-NP-TV-XZĐ]|đ)$/u.test(word);

/** Whether a sign alone is said as a word between words. */
export const isSaidSign = (token: string): boolean => token === '&' || token in symbols;
