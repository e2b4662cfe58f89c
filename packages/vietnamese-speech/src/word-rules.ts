import { base } from './letters.ts';
import { readInteger, readOrdinal, romanValue } from './numbers.ts';
import { isPronounceable } from './pronounceable.ts';
import { anyOf, type Rule, rule, whole } from './rule.ts';
import { isSyllable } from './syllable.ts';
import { abbreviations, abilities, counters, lettered, letterNames, looseCounters } from './vocabulary.ts';

const ranked = 'lần thứ|thứ|hạng|đời thứ';
const counted = [...counters.split('|'), ...looseCounters.split('|')]
  .filter((word) => !ranked.split('|').includes(word))
  .join('|');
/** A single letter is a letter, unless it is one of the three numerals. */
const countOf = (numeral: string) =>
  numeral === numeral.toUpperCase() && !/^[LCDM]$/.test(numeral) ? romanValue(numeral) : undefined;

/** S, SS, SSS, SSR: letters of a rank, unless they are an abbreviation with its own reading. */
const isRank = (letters: string) =>
  letters.length === 1 || (!(letters in abbreviations) && !isSyllable(letters));

const spelled = (letters: string): string =>
  Array.from(
    letters.normalize('NFC'),
    (letter) => letterNames[letter.toUpperCase()] ?? letterNames[base(letter).toUpperCase()] ?? letter,
  ).join(' ');

/** Chương IV, thế kỷ XXI, Louis XIV. A numeral that stands alone needs at least two letters, only I, V and X. */
export const romanRules: readonly Rule[] = [
  // S-rank, SSS-class: in Vietnamese the letters are last.
  rule(whole('(S{1,3}|EX|[A-F])-(?:rank|class)', 'giu'), ([, letters]) => `hạng ${letters?.toUpperCase()}`),
  rule(
    () => new RegExp(String.raw`(?<=(?<!\p{L})(?:${ranked})\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([numeral]) => {
      const value = countOf(numeral);
      return value === undefined ? undefined : readOrdinal(String(value));
    },
  ),
  rule(
    () => new RegExp(String.raw`(?<=(?<!\p{L})(?:${counted})\.?\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([numeral]) => {
      const value = countOf(numeral);
      return value === undefined ? undefined : readInteger(String(value));
    },
  ),
  rule(whole('[IVX]{2,}'), ([numeral]) => {
    const value = numeral === 'XXX' ? undefined : romanValue(numeral);
    return value === undefined ? undefined : readInteger(String(value));
  }),
  rule(
    () =>
      new RegExp(
        String.raw`(?<=(?<!\p{L})(?:${lettered})\s+)([A-ZĐ]{1,3})(?![\p{L}\p{M}\p{N}])(?:([+-])(?![\p{L}\p{N}]))?`,
        'giu',
      ),
    ([found, letters = '', sign]) =>
      found === found.toUpperCase() && isRank(letters)
        ? `${spelled(letters)}${sign ? (sign === '+' ? ' cộng' : ' trừ') : ''}`
        : undefined,
  ),
];

/** Capitalizes an abbreviation in lower case at the start of a sentence: Ko biết. */
const begun = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
const shortForms: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(abbreviations).map(([short, said]) => [
      begun(short),
      short === begun(short) ? said : begun(said),
    ]),
  ),
  ...abbreviations,
};
const short = anyOf(shortForms);
/** A final point belongs to the abbreviation only if the sentence continues, or if the table has it. */
export const abbreviationRules: readonly Rule[] = [
  // T2 đến T6, sáng T7: days of the week where a day is plausible.
  rule(
    /(?<=^|[\s,(–-])T([2-7])(?=\s*(?:$|[-–,;.!?)]|đến|và|hàng|tuần))/giu,
    ([, day]) => `thứ ${readOrdinal(day ?? '')}`,
  ),
  // Ch.15 is a chapter, Ch. alone is an initial.
  rule(/(?<![\p{L}\p{M}\p{N}.])Ch\.\s?(?=\d)/gu, () => 'chương '),
  // Lv100 and LV.100, where the number touches.
  rule(/(?<![\p{L}\p{M}\p{N}.])LVL?\.?(?=\d)/giu, () => 'lê vồ '),
  // STR: 15, DEF +10
  rule(
    whole(String.raw`(${anyOf(abilities)})(?=\s?:|\s?[+−-]?\d)`),
    ([, ability]) => abilities[ability ?? ''],
  ),
  // Q.1, P.5: only with a number; otherwise they are initials.
  rule(/(?<![\p{L}\p{M}\p{N}.])([QP])\.\s?(?=\d)/gu, ([, letter]) => (letter === 'Q' ? 'quận ' : 'phường ')),
  // Before a name without a space: TP.Vinh.
  rule(
    /(?<![\p{L}\p{M}\p{N}.])(TP\.|Tp\.|tp\.|TS\.|GS\.|BS\.|PGS\.|ThS\.|KS\.|LS\.|Mr\.|Mrs\.|Ms\.|Dr\.)(?=\p{Lu})(?!HCM|TS)/gu,
    ([, written]) => `${abbreviations[written ?? '']} `,
  ),
  rule(
    () =>
      new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}.])(${short})(\s?)(?![\p{L}\p{M}]|(?<=\p{L})\p{N})`, 'gu'),
    ([found, written, space]) => {
      const said = shortForms[written ?? ''];
      if (said === undefined) return undefined;
      return found.endsWith('.') ? `${said} ` : `${said}${space}`;
    },
  ),
];

export const capitalRules: readonly Rule[] = [
  rule(whole(String.raw`\p{Lu}[\p{Lu}\p{M}]+`), ([word]) => {
    if (/[^\p{Script=Latin}\p{M}]/u.test(word)) return undefined;
    // A word with marks is Vietnamese: abbreviations only have the marks of Đ and Ư.
    if (isPronounceable(word) || word.length > 6) return word.slice(0, 1) + word.slice(1).toLowerCase();
    return spelled(word);
  }),
];
