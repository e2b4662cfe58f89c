import { base, vowel } from './letters.ts';
import { isPronounceable } from './pronounceable.ts';
import { anyOf, applied, type Rule, rule, whole } from './rule.ts';
import { isSyllable } from './syllable.ts';
import type { TracedText } from './traced-text.ts';
import {
  abbreviations,
  abilities,
  bareUnits,
  counters,
  currencies,
  lettered,
  looseCounters,
  sounds,
  topLevelDomains,
  units,
  wordsInCapitals,
} from './vocabulary.ts';

/** Returns whether a text is lettered in capitals, where they say nothing about its words. */
export function isInCapitals(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals > 0 && small * 8 <= capitals;
}

/** Returns a table from keys in capitals to the keys as written; a key that is written in capitals takes precedence. */
function byCapitals(keys: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const key of keys) found[key.toUpperCase()] ??= key;
  for (const key of keys) if (key === key.toUpperCase()) found[key] = key;
  return found;
}

/** Returns a function that checks whether a text ends with one of these words. */
function after(words: string): (text: string) => boolean {
  let ending: RegExp | undefined;
  return (text) => {
    ending ??= new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words})\.?\s+$`, 'iu');
    return ending.test(text);
  };
}

const unitOf = byCapitals(Object.keys(units));
const bareUnitOf = byCapitals(bareUnits);
const shortOf = byCapitals(Object.keys(abbreviations));
const endsWord = String.raw`(?![\p{L}\p{M}])`;
const domains = Object.keys(topLevelDomains)
  // “XONG.ME ĐÂU?” has lost a space.
  .filter((domain) => !isSyllable(domain))
  .join('|');
const counts = after(counters);
const countsAtTheEnd = after(looseCounters);
const isNamedByLetter = after(lettered);
const capitalised = (word: string) => word.slice(0, 1) + word.slice(1).toLowerCase();

/**
 * For a text in capitals: restores the usual case of words whose meaning depends on it. The vocabulary lists units,
 * abbreviations and addresses; any other Vietnamese syllable is a word.
 */
const settlingRules: readonly Rule[] = [
  rule(/\S+/gu, ([token]) => (/@|:\/\/|(?<!\p{L})WWW\./u.test(token) ? token.toLowerCase() : undefined)),
  rule(
    () =>
      new RegExp(String.raw`(?<![\p{L}\p{N}.@])(?:[A-Z0-9-]+\.)+(?:${domains})(?:/\S*)?${endsWord}`, 'giu'),
    ([address]) => address.toLowerCase(),
  ),
  // 5KG, 100 KM/H; in LỚP 12G the letter is a name.
  rule(
    () =>
      new RegExp(
        String.raw`(?<=[\d²³½]\s?)(?<!(?:LỚP|PHÒNG|KHU|TÒA|TOÀ|XE)\s\d+)(?:${anyOf(unitOf)})${endsWord}`,
        'gu',
      ),
    ([unit]) => unitOf[unit],
  ),
  // 5 TRIỆU, 1½ GIỜ
  rule(/(?<=[\d½]\s)\p{Lu}[\p{Lu}\p{M}]+(?![\p{L}\p{M}])/gu, ([word]) =>
    isSyllable(word) ? word.toLowerCase() : undefined,
  ),
  rule(/(?<=\d)TR(?![\p{L}\p{M}])/gu, () => 'tr'),
  rule(/(?<=\d\s?|\d(?:K|tr)\s|(?:nghìn|ngàn|triệu|tỷ|tỉ)\s)Đ(?![\p{L}\p{M}])/giu, () => 'đ'),
  rule(/(?<=\/)(?:KG|M2|M3|LÍT|G|L|M)(?![\p{L}\p{M}])/gu, ([unit]) => unit.toLowerCase()),
  rule(whole(anyOf(bareUnitOf)), ([unit]) => bareUnitOf[unit]),
  // TP.VINH, BS.HÙNG: separates the name from the title.
  rule(
    /(?<![\p{L}\p{M}\p{N}.])(?:TP|[PT]?GS|TS|BS|THS|KS|LS|MRS?|MS|DR)\.(?=\p{Lu}{2})(?!HCM|TS)/gu,
    ([title]) => `${title} `,
  ),
  // Không before a word or at the end of a question; otherwise a knock-out.
  rule(whole('KO(?=\\s+\\p{L}|\\s*\\?)'), () => 'ko'),
  rule(
    () =>
      new RegExp(
        String.raw`(?<![\p{L}\p{M}\p{N}.])(?:${anyOf(shortOf)})(?![\p{L}\p{M}]|(?<=\p{L})\p{N})`,
        'gu',
      ),
    ([short]) => (isSyllable(short) || wordsInCapitals.has(short) ? undefined : shortOf[short]),
  ),
  // “Ai” (who), unless it stands alone.
  rule(whole('AI'), ({ input }) => (/[\p{L}\p{N}!?…]/u.test(input.replace('AI', '')) ? 'ai' : undefined)),
  // A Vietnamese syllable is a number only after a counter.
  rule(whole('VI|XI'), ({ 0: word, index, input }) => {
    const before = input.slice(0, index);
    const after = input.slice(index + word.length);
    const ends = /^\s*(?:$|[^\s\p{L}-])/u.test(after);
    return counts(before) || (ends && countsAtTheEnd(before)) ? undefined : word.toLowerCase();
  }),
  // CH. LAN: two letters that are one sound, as an initial.
  rule(whole(String.raw`(?:CH|GI|KH|NG|NGH|NH|PH|QU|TH|TR)(?=\.\s?(?:\p{Lu}|\d))`), ([initial]) =>
    capitalised(initial),
  ),
  // KH... KHÔNG
  rule(/(?<![\p{L}\p{M}])(\p{Lu}{2,3})(?=\s?(?:…|\.{2,}|-)\s?\1)/gu, ([start]) => start.toLowerCase()),
];

/** Returns a text in capitals with lower case where its meaning depends on it. */
export const settled = (text: TracedText): TracedText => applied(settlingRules, text);

/** Returns a settled text in lower case, except for words that are spelled out or are numerals. */
export const lowered = (text: TracedText): TracedText => applied([lowering, sentenceCase], text);

export const sentenceCase: Rule = {
  pattern: /(?<=^[\s"“‘([—–-]*|[.!?…]["”’)]?\s+["“‘([]?)\p{Ll}(?!\S*[.@/:]\p{L})/gu,
  say: ([letter]) => letter.toUpperCase(),
};

/** CC BY, TP. HCM: phrases that must not be read word by word. */
const severalWords = Object.fromEntries(
  Object.entries(abbreviations).filter(([short]) => /\p{L}[ .]+\p{L}/u.test(short)),
);

const lowering: Rule = rule(
  () =>
    new RegExp(
      String.raw`(?<![\p{L}\p{M}])(?:${anyOf(severalWords)})|\p{Lu}[\p{Lu}\p{M}]*(?![\p{L}\p{M}])`,
      'gu',
    ),
  (match) => (staysCapital(match) ? undefined : match[0].toLowerCase()),
);

const isRank = (word: string) => /^S{2,3}$/.test(word);
const isNumeral = (word: string) => /^[IVX]{2,}$/.test(word);
/** Longer words are not abbreviations that would be spelled out. */
const longestSpelled = 4;

/** Returns whether a word keeps its capitals in a text whose other words become lower case. */
function staysCapital({ 0: word, index, input }: RegExpExecArray): boolean {
  const before = input.slice(0, index);
  if (/\d$/.test(before) || (word.length < 3 && /^-?\d/.test(input.slice(index + word.length)))) return true;
  // Vietnamese words have marked vowels; abbreviations have no marks except those of Đ, Ơ and Ư.
  if (/[\u0300-\u0303\u0306\u0309\u0323]/.test(word.normalize('NFD'))) return false;
  if (word.length <= 3 && isNamedByLetter(before) && (word.length === 1 || !isSyllable(word))) return true;
  if (/^[IVXLCDM]+$/.test(word) && (counts(before) || (word.length === 1 && countsAtTheEnd(before))))
    return true;
  // An AI that means “who” is already in lower case.
  if (word === 'AI' || word in severalWords || word in currencies) return true;
  if (word.length === 1) return !vowel.test(base(word));
  if (word in abilities) return /^\s?(?::|[+−-]?\d)/u.test(input.slice(index + word.length));
  if (word in abbreviations) return !isSyllable(word) && !wordsInCapitals.has(word);
  if (isRank(word) || isNumeral(word)) return true;
  if (word.length > longestSpelled || isPronounceable(word)) return false;
  return !sounds.some(([pattern]) => pattern.test(word.toLowerCase()));
}
