import { type Rule, rule } from './rule.ts';

/** Greek letters that stand for themselves: α, Ω, π. In words they are foreign writing. */
const greek: Readonly<Record<string, string>> = {
  ...{ α: 'an pha', β: 'bê ta', γ: 'gam ma', δ: 'đen ta', λ: 'lam đa', μ: 'muy', π: 'pi', σ: 'xích ma' },
  ...{ φ: 'phi', ω: 'ô mê ga' },
};

/** Latin letters that Vietnamese does not have and that are more than a letter with a mark. */
const foreignLetters: Readonly<Record<string, string>> = {
  ...{ æ: 'e', œ: 'ơ', ø: 'ơ', ö: 'ơ', ß: 's', ñ: 'nh', ç: 'x', å: 'o', ł: 'l', ð: 'đ', þ: 'th', ı: 'i' },
  ...{ š: 's', č: 'ch', ž: 'gi', ə: 'ơ' },
};

/** In small letters: what Vietnamese writes beyond ASCII. */
const vietnamese = /^[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]$/u;

/** The nearest letters that a Vietnamese voice knows; the mark that makes a letter foreign is left out. */
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

/** Brings letters to those of a Vietnamese voice: of other alphabets and scripts nothing is left. */
export const latinRules: readonly Rule[] = [
  rule(/(?<![\p{L}\p{M}])\p{Script=Greek}(?![\p{L}\p{M}])/gu, ([letter]) => greek[letter.toLowerCase()]),
  rule(/(?:(?!\p{Script=Latin})\p{L}\p{M}*)+/gu, () => ' '),
  rule(/(?![a-z])\p{L}\p{M}*/giu, ([letter]) => familiar(letter)),
];

const counted = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * Whether a name or a line makes sense when a Vietnamese voice says it: there are letters or digits to be said, and
 * at least half of its letters are Latin. Of 進撃の巨人 nothing is said; of 2.5次元の誘惑 only a number would be.
 */
export function isSayable(text: string): boolean {
  const plain = text.normalize('NFKC');
  const latin = counted(plain, /\p{Script=Latin}/gu);
  const letters = counted(plain, /\p{L}/gu);
  return letters > 0 ? latin * 2 >= letters : /\p{Nd}/u.test(plain);
}
