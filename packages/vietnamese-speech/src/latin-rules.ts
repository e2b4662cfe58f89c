import { type Rule, rule } from './rule.ts';

/** Greek letters used as symbols: α, Ω, π. In Greek words they are foreign writing. */
const greek: Readonly<Record<string, string>> = {
  ...{ α: 'an pha', β: 'bê ta', γ: 'gam ma', δ: 'đen ta', λ: 'lam đa', μ: 'muy', π: 'pi', σ: 'xích ma' },
  ...{ φ: 'phi', ω: 'ô mê ga' },
};

/** Latin letters that Vietnamese does not have and that are not only a letter with a mark. */
const foreignLetters: Readonly<Record<string, string>> = {
  ...{ æ: 'e', œ: 'ơ', ø: 'ơ', ö: 'ơ', ß: 's', ñ: 'nh', ç: 'x', å: 'o', ł: 'l', ð: 'đ', þ: 'th', ı: 'i' },
  ...{ š: 's', č: 'ch', ž: 'gi', ə: 'ơ' },
};

/** The letters of Vietnamese beyond ASCII, in lower case. */
const vietnamese = /^[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]$/u;

/** Returns the nearest letters that a Vietnamese voice knows, without the foreign mark. */
function familiar(letter: string): string {
  const small = letter.toLowerCase();
  if (vietnamese.test(small)) return letter;
  const said =
    foreignLetters[small] ??
    Array.from(small.normalize('NFKD').replace(/\p{M}/gu, ''), (part) => foreignLetters[part] ?? part)
      .filter((part) => /[a-zđơ]/u.test(part))
      .join('');
  return letter === small ? said : said.slice(0, 1).toUpperCase() + said.slice(1);
}

/** Reduces letters to those of Vietnamese; other alphabets and scripts are removed. */
export const latinRules: readonly Rule[] = [
  rule(/(?<![\p{L}\p{M}])\p{Script=Greek}(?![\p{L}\p{M}])/gu, ([letter]) => greek[letter.toLowerCase()]),
  rule(/(?:(?!\p{Script=Latin})\p{L}\p{M}*)+/gu, () => ' '),
  // A mark that did not compose is not Vietnamese.
  rule(/(\p{L})\p{M}+|(?![a-z])\p{L}/giu, ([found, marked]) => familiar(marked ?? found)),
];
