import { foreign } from './foreign-names.ts';
import { anyOf, type Rule, rule, whole } from './rule.ts';
import { phrases } from './vocabulary.ts';

const onset = '(?:[kgnhbpmr]y|sh|ch|ts|[kgsztdnhbpmrfwyj])';
/** A Japanese word in Latin letters (Hepburn). */
const romaji = new RegExp(String.raw`^(?:(?:([kstp])(?=\1))?${onset}?[aeiou]|n(?![aeiouy]))+$`);
/** Vietnamese words have one group of vowels. */
const manySyllables = /[aeiou]+[^aeiou]+[aeiou]/;
/** Vietnamese without its marks, as in Nguyen. */
const unmarked = /uye/;
/** English words with a silent final e: Mike. */
const silentE = /^[^aeiou]*[aeiou]+[^aeiou]+e$/;

const syllable = new RegExp(
  String.raw`(?:([kstp])(?=\1))?(${onset})?(ai|ao|au|ei|oi|ou|oo|ui|uu|ii|[aeiou])(n(?![aeiouy]))?|n`,
  'g',
);
const vowels: Readonly<Record<string, string>> = {
  ...{ e: 'ê', o: 'ô', ei: 'ây', oi: 'ôi', ou: 'ô', oo: 'ô', uu: 'u', ii: 'i' },
};
const onsets: Readonly<Record<string, string>> = {
  ...{ sh: 's', ts: 'x', z: 'd', j: 'gi', f: 'ph', d: 'đ', w: 'o' },
};
/** Before n the vowels stay open: Sen-pai, Hon-da. */
const nasal: Readonly<Record<string, string>> = { ei: 'ên' };

/** Returns one syllable in Vietnamese spelling. */
function respelled(start: string, vowel: string, tail: string): string {
  const written = tail ? (nasal[vowel] ?? `${vowel.replace(/ou|oo/, 'o')}n`) : (vowels[vowel] ?? vowel);
  const slides = start.length === 2 && start.endsWith('y');
  const first = slides ? start.slice(0, 1) : start;
  const begin = first === 'g' && /^[eiê]/.test(written) ? 'gh' : (onsets[first] ?? first);
  if (begin === 'gi' && /^i/.test(written)) return `g${written}`;
  if (begin === 'o' && /^[uô]/.test(written)) return written;
  return `${begin}${slides ? 'i' : ''}${written}`;
}

/** Converts Naruto to Na ru tô; returns undefined for other words. */
function readRomaji(word: string): string | undefined {
  const small = word.toLowerCase();
  if (!romaji.test(small) || !manySyllables.test(small)) return undefined;
  if (silentE.test(small) || unmarked.test(small)) return undefined;
  const said = Array.from(small.matchAll(syllable), ([found, , start = '', vowel, tail = '']) =>
    vowel === undefined ? found : respelled(start, vowel, tail),
  ).join(' ');
  return word === small ? said : said.slice(0, 1).toUpperCase() + said.slice(1);
}

const cased = (like: string, said: string) =>
  /^\p{Lu}/u.test(like) ? said.slice(0, 1).toUpperCase() + said.slice(1) : said;

/** Foreign words: those of the table, then Japanese words; others stay unchanged. */
export const foreignRules: readonly Rule[] = [
  rule(whole(anyOf(phrases), 'giu'), ([phrase]) => cased(phrase, phrases[phrase.toLowerCase()] ?? phrase)),
  rule(whole(anyOf(foreign), 'giu'), ([word]) => foreign[word.toLowerCase()]),
  rule(whole('[A-Za-z]{4,}'), ([word]) => readRomaji(word)),
];
