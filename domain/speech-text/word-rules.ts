import { base, vowel } from './letters.ts';
import { readInteger, readOrdinal, romanValue } from './numbers.ts';
import { anyOf, type Rule, rule, whole } from './rule.ts';
import { abbreviations, letterNames, wordsInCapitals } from './vocabulary.ts';

const counted = [
  ...['chương', 'hồi', 'tập', 'quyển', 'phần', 'mục', 'điều', 'thế kỷ', 'thế kỉ', 'kỷ', 'kỳ', 'khóa', 'khoá'],
  ...[
    'quý',
    'cấp',
    'loại',
    'bậc',
    'giai đoạn',
    'màn',
    'cảnh',
    'đại hội',
    'chiến tranh thế giới',
    'thế chiến',
  ],
  ...['vol', 'part', 'season', 'act', 'chap', 'chapter'],
].join('|');
const ranked = 'lần thứ|thứ|hạng|đời thứ';
/** What follows a capital letter that names one of several: hạng S, lớp B, kế hoạch C. */
const lettered = 'hạng|bậc|cấp|loại|lớp|nhóm|đội|kế hoạch|phương án|phần|quyển|khu|dãy|tầng|toa|cổng|đáp án';
/** A letter that stands alone is a letter, unless it is one of the three that count. */
const countOf = (numeral: string) =>
  numeral === numeral.toUpperCase() && !/^[LCDM]$/.test(numeral) ? romanValue(numeral) : undefined;

/** Chương IV, thế kỷ XXI, Louis XIV; a numeral that stands alone needs two letters or more, and none but I, V and X. */
export const romanRules: readonly Rule[] = [
  rule(
    new RegExp(String.raw`(?<=(?<!\p{L})(?:${ranked})\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([numeral]) => {
      const value = countOf(numeral);
      return value === undefined ? undefined : readOrdinal(String(value));
    },
  ),
  rule(
    new RegExp(String.raw`(?<=(?<!\p{L})(?:${counted})\.?\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
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
    new RegExp(String.raw`(?<=(?<!\p{L})(?:${lettered})\s+)[A-ZĐ](?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([letter]) => (letter === letter.toUpperCase() ? letterNames[letter] : undefined),
  ),
];

const short = anyOf(abbreviations);
/** A point at the end belongs to the abbreviation only where the sentence goes on, or the table has it so. */
export const abbreviationRules: readonly Rule[] = [
  // T2 đến T6, sáng T7: days of the week where a day can be meant.
  rule(
    /(?<=^|[\s,(–-])T([2-7])(?=\s*(?:$|[-–,;.!?)]|đến|và|hàng|tuần))/gu,
    ([, day]) => `thứ ${readOrdinal(day ?? '')}`,
  ),
  // Ch.15 is a chapter, Ch. alone somebody's initial.
  rule(/(?<![\p{L}\p{M}\p{N}.])Ch\.\s?(?=\d)/gu, () => 'chương '),
  // Q.1, P.5: only with a number, or they are someone's initials.
  rule(/(?<![\p{L}\p{M}\p{N}.])([QP])\.\s?(?=\d)/gu, ([, letter]) => (letter === 'Q' ? 'quận ' : 'phường ')),
  // Before a name without a space: TP.Vinh.
  rule(
    /(?<![\p{L}\p{M}\p{N}.])(TP\.|Tp\.|tp\.|TS\.|GS\.|BS\.|PGS\.|ThS\.|KS\.|LS\.|Mr\.|Mrs\.|Ms\.|Dr\.)(?=\p{Lu})(?!HCM|TS)/gu,
    ([, written]) => `${abbreviations[written ?? '']} `,
  ),
  rule(
    new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}.])(${short})(\s?)(?![\p{L}\p{M}]|(?<=\p{L})\p{N})`, 'gu'),
    ([found, written, space]) => {
      const said = abbreviations[written ?? ''];
      if (said === undefined) return undefined;
      return found.endsWith('.') ? `${said} ` : `${said}${space}`;
    },
  ),
];

/** Of a text that is all capitals: only those that can't be words. */
export const shoutedAbbreviationRules: readonly Rule[] = [
  rule(
    new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}.])(${short})(?![\p{L}\p{M}\p{N}])`, 'gu'),
    ([, written = '']) => {
      const pronounced = isPronounceable(written);
      return wordsInCapitals.has(written) || pronounced ? undefined : `${abbreviations[written]} `;
    },
  ),
];

const onsets = /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvxfjwz])?$/iu;
const codas = /^(?:ch|ng|nh|[cmnptbdghklrs])?$/iu;

/** Whether capitals can be a word and not letters: each stretch of consonants is one that syllables have. */
function isPronounceable(word: string): boolean {
  const plain = base(word).replace(/đ/g, 'd');
  if (!vowel.test(plain)) return false;
  const parts = plain.split(/[aeiouy]+/u);
  return parts.every((part, index) => {
    if (index === 0) return onsets.test(part) || part.length === 2;
    return index === parts.length - 1 ? codas.test(part) || part.length === 2 : part.length <= 3;
  });
}

const spelled = (letters: string): string =>
  Array.from(
    letters.normalize('NFC'),
    (letter) => letterNames[letter.toUpperCase()] ?? letterNames[base(letter).toUpperCase()] ?? letter,
  ).join(' ');

export const capitalRules: readonly Rule[] = [
  rule(whole(String.raw`\p{Lu}[\p{Lu}\p{M}]+`), ([word]) => {
    if (/[^\p{Script=Latin}\p{M}]/u.test(word)) return undefined;
    // Marks mean a Vietnamese word: abbreviations have none but Đ and Ư.
    if (isPronounceable(word) || word.length > 6) return word.slice(0, 1) + word.slice(1).toLowerCase();
    return spelled(word);
  }),
];
