import { isAllowedSyllable } from './allowed-syllable.ts';

/** The most frequent words of each language; some are in several. */
const commonWords: Record<string, string> = {
  en: "the and you of it that is was for on with this are not have be they at what we but your all can there just his her she my me from like know about get don't it's i'm how who if when here why right them",
  fr: "le la les de des du une un est et en que pas vous je il elle dans pour qui sur avec ce cette mais nous c'est j'ai mon ton votre tout être suis sont fait bien",
  es: 'el la los las de del al una un es y que no en por con para lo su mi se ha pero más como está eso esto muy yo tú usted ella todo hay ser qué sí',
  de: 'der die das und ist ich du nicht ein eine es wir sie mit auf den dem zu von was mir mich dich aber wie auch nur noch hier wenn',
  it: 'il la lo gli di del un una è che non per con si mi sono ho hai questo questa ma come io tu lei noi della sei cosa più perché anche',
  pt: 'o a os de do da no na um uma é que não em por com se isso mas como eu você ele ela está meu seu mais muito são foi então',
  id: 'yang dan di ini itu tidak aku kau kamu dia akan ada untuk dengan apa saya kita sudah bisa juga dari ke mereka',
  nl: 'de het een en ik je jij niet dat van is zijn was wat maar met voor op ze hij we er aan naar heb kan mijn geen hier',
  pl: 'nie to się na jest do co jak ale po tak za już od mnie go dla przez tylko tym jego czy ty mi jestem ma tego',
  tr: 'bir bu ve ne için çok da de ben sen var mi daha ama gibi şey kadar sonra değil yok onu beni seni',
  tl: 'ang ng sa na mga ako ko mo ka ay hindi siya ito at si kung may lang po ba naman kami',
};

const common = Object.entries(commonWords).map(([language, words]) => ({
  language,
  words: new Set(words.split(' ')),
}));

/** Marks that only Vietnamese has among these languages: the horn, the hook, and tones on other marks. */
const vietnamese = /[\u031b\u0309\u0323]|[\u0302\u0306][\u0300\u0301\u0303]|đ/;
/** Fewer words are too few to recognize a language. */
const fewest = 8;
/** Least share of frequent words in running text, of Vietnamese syllables, and of syllables with marks. */
const leastShare = { common: 0.12, syllables: 0.5, marked: 0.2 };
/**
 * Words that another language is known by, although not which one: long ones with vowels that Vietnamese does not have. Most
 * Vietnamese words have marks, however badly they are read; what is read in art is short.
 */
const other = { pattern: /^(?=.*[aeiouy])\p{L}{4,}$/u, least: 6, share: 0.3, mostMarked: 0.1 };

/**
 * Returns the language of words that were read, ISO 639-1, whatever was expected; `und` if it is unknown but not Vietnamese; null if
 * the words are too few, or could be art.
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
  const scores = common.map(({ language, words }) => ({ language, score: share((word) => words.has(word)) }));
  const best = scores.reduce((top, one) => (one.score > top.score ? one : top));
  if (best.score >= leastShare.common) return best.language;
  const others = share((word) => other.pattern.test(word) && !isAllowedSyllable(word));
  const isOther = others >= other.share && others * bare.length >= other.least && marked < other.mostMarked;
  return isOther ? 'und' : null;
}
