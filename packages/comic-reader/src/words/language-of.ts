import { isAllowedSyllable } from './allowed-syllable.ts';

/** The most frequent words of each language, without those that two of them share. */
const commonWords: Record<string, string> = {
  en: "the and you of it that is was for on with this are not have be they at what we but your all can there just his her she my me from like know about get don't it's i'm how who if when here why right them",
  fr: "le les des une est et que pas vous je il elle dans pour qui sur avec ce cette mais nous c'est j'ai mon ton votre tout être suis sont fait bien",
  es: 'el los las una es y que no en por con para lo su pero más como está eso esto muy yo tú usted ella todo hay ser qué sí',
  de: 'der die das und ist ich du nicht ein eine es wir sie mit auf den dem zu von was mir mich dich aber wie auch nur noch hier wenn',
  it: 'il lo gli una è che non di per con sono ho hai questo questa ma come io tu lei noi della sei cosa più perché anche',
  pt: 'o os uma é que não em por com para isso mas como eu você ele ela está meu seu mais muito são foi então',
  id: 'yang dan di ini itu tidak aku kau kamu dia akan ada untuk dengan apa saya kita sudah bisa juga dari ke mereka',
};

const commonOf = new Map<string, string>();
for (const [language, words] of Object.entries(commonWords))
  for (const word of words.split(' ')) commonOf.set(word, commonOf.has(word) ? '' : language);

/** Marks that only Vietnamese has among these languages: the horn, the hook, and tones on other marks. */
const vietnamese = /[\u031b\u0309\u0323]|[\u0302\u0306][\u0300\u0301\u0303]|đ/;
/** Fewer words are too few to recognize a language. */
const fewest = 8;
/** Least share of frequent words in running text, of Vietnamese syllables, and of syllables with marks. */
const leastShare = { common: 0.12, syllables: 0.5, marked: 0.2 };

/**
 * Returns the language of words that were read, ISO 639-1, whatever was expected; null if they are too few or match no
 * known language.
 */
export function languageOf(words: readonly string[]): string | null {
  const bare = words
    .map((word) =>
      word
        .normalize('NFC')
        .toLowerCase()
        .replace(/[’]/g, "'")
        .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''),
    )
    .filter((word) => word !== '');
  if (bare.length < fewest) return null;
  const share = (of: (word: string) => boolean) => bare.filter(of).length / bare.length;
  const syllables = share(isAllowedSyllable);
  const marked = share((word) => vietnamese.test(word.normalize('NFD')) && isAllowedSyllable(word));
  if (syllables >= leastShare.syllables && marked >= leastShare.marked) return 'vi';
  const scores = Object.keys(commonWords).map((language) => ({
    language,
    score: share((word) => commonOf.get(word) === language),
  }));
  const best = scores.reduce((top, one) => (one.score > top.score ? one : top));
  return best.score >= leastShare.common ? best.language : null;
}
