import { readInteger, readOrdinal, romanValue } from './numbers.ts';
import { anyOf, type Rule, rule, whole } from './rule.ts';
import { abbreviations, foreign, letterNames, sounds, wordsInCapitals } from './vocabulary.ts';

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

/** Chương IV, thế kỷ XXI, Louis XIV; a numeral that stands alone needs two letters or more, and none but I, V and X. */
export const romanRules: readonly Rule[] = [
  rule(
    new RegExp(String.raw`(?<=(?<!\p{L})(?:${ranked})\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([numeral]) => {
      const value = numeral === numeral.toUpperCase() ? romanValue(numeral) : undefined;
      return value === undefined ? undefined : readOrdinal(String(value));
    },
  ),
  rule(
    new RegExp(String.raw`(?<=(?<!\p{L})(?:${counted})\.?\s+)[IVXLCDM]+(?![\p{L}\p{M}\p{N}])`, 'giu'),
    ([numeral]) => {
      const value = numeral === numeral.toUpperCase() ? romanValue(numeral) : undefined;
      return value === undefined ? undefined : readInteger(String(value));
    },
  ),
  rule(whole('[IVX]{2,}'), ([numeral]) => {
    const value = numeral === 'XXX' ? undefined : romanValue(numeral);
    return value === undefined ? undefined : readInteger(String(value));
  }),
];

const short = anyOf(abbreviations);
/** A point at the end belongs to the abbreviation only where the sentence goes on, or the table has it so. */
export const abbreviationRules: readonly Rule[] = [
  // Q.1, P.5: only with a number, or they are someone's initials.
  rule(/(?<![\p{L}\p{M}\p{N}.])([QP])\.\s?(?=\d)/gu, ([, letter]) => (letter === 'Q' ? 'quận ' : 'phường ')),
  // Before a name without a space: TP.Vinh.
  rule(
    /(?<![\p{L}\p{M}\p{N}.])(TP\.|Tp\.|tp\.|TS\.|GS\.|BS\.|PGS\.|ThS\.|KS\.|LS\.|Mr\.|Mrs\.|Ms\.|Dr\.)(?=\p{Lu})(?!HCM)/gu,
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

const vowel = /[aeiouyăâêôơư]/iu;
const base = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
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

const laughs = 'ha|hê|he|hi|hí|hô|ho|hu|hú|há|hà|hế|hề|hự|khà|khẹ|kha|khí|khì|ka|ke|ki|ku|mua|la|á|é';

/** Drawn-out sounds come down to a length that can be spoken. */
export const soundRules: readonly Rule[] = [
  rule(whole(String.raw`[\p{L}\p{M}]+`), ([word]) => {
    // SSS is a rank, sss a hush.
    if (vowel.test(base(word)) || /^S{2,3}$/.test(word)) return undefined;
    const written = word.toLowerCase();
    return sounds.find(([pattern]) => pattern.test(written))?.[1];
  }),
  // Aaaaa → Aaa, Bùmmm → Bùm, Saooo → Sao, Trờiiii → Trời
  rule(/(\p{L})\p{L}{2,}/gu, ([run]) => shortened(run)),
  rule(whole(String.raw`(${laughs})\1+`, 'giu'), ([found, one = '']) =>
    Array.from({ length: Math.min(3, found.length / one.length) }, (_, index) =>
      index === 0 ? one : one.toLowerCase(),
    ).join(' '),
  ),
  rule(
    whole(String.raw`([\p{L}]{2,4}?)\1{2,}`, 'giu'),
    ([, one = '']) => `${one} ${one.toLowerCase()} ${one.toLowerCase()}`,
  ),
  // The same word again and again: four times are enough.
  rule(
    /(?<![\p{L}\p{M}])([\p{L}\p{M}]+)((?:[\s,…!-]+\1){3})(?:[\s,…!-]+\1)+(?![\p{L}\p{M}])/giu,
    ([, one, again]) => `${one}${again}`,
  ),
];

/** Cuts each run of one letter, marks aside, that is longer than two: to one, or to three where it is the whole word. */
function shortened(word: string): string | undefined {
  const letters = Array.from(word);
  let result = '';
  let changed = false;
  for (let start = 0; start < letters.length; ) {
    let end = start + 1;
    while (end < letters.length && base(letters[end] ?? '') === base(letters[start] ?? '')) end++;
    const run = letters.slice(start, end);
    const alone = run.length === letters.length;
    const longest = alone ? 3 : run.length > 2 ? 1 : run.length;
    // The letter with its marks, wherever in the run it stands: “trờiii”, “khôôông”, “oooồ”.
    const kept =
      run.length > longest && !alone
        ? [run.find((letter) => base(letter) !== letter.toLowerCase()) ?? run[0]]
        : run.slice(0, longest);
    changed ||= kept.length < run.length;
    result += kept.join('');
    start = end;
  }
  return changed ? result : undefined;
}

export const foreignRules: readonly Rule[] = [
  rule(whole(anyOf(foreign), 'giu'), ([word]) => foreign[word.toLowerCase()]),
];
