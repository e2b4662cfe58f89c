import { base, vowel } from './letters.ts';
import { isPronounceable } from './pronounceable.ts';
import { anyOf, applied, type Rule, rule, whole } from './rule.ts';
import { isSyllable } from './syllable.ts';
import type { TracedText } from './traced-text.ts';
import {
  abbreviations,
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

/** Whether a text is lettered in capitals, where they tell nothing of its words. */
export function isInCapitals(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals > 0 && small * 8 <= capitals;
}

/** From a key in capitals to the key as it is written; one that is written in capitals comes first. */
function byCapitals(keys: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const key of keys) found[key.toUpperCase()] ??= key;
  for (const key of keys) if (key === key.toUpperCase()) found[key] = key;
  return found;
}

/** What ends with one of these words. */
const after = (words: string) => new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words})\.?\s+$`, 'iu');

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
 * For a text in capitals: writes in its usual way what the case would tell apart. The vocabulary knows units,
 * abbreviations and addresses; of what else it could be, a Vietnamese syllable is a word.
 */
const settlingRules: readonly Rule[] = [
  rule(/\S+/gu, ([token]) => (/@|:\/\/|(?<!\p{L})WWW\./u.test(token) ? token.toLowerCase() : undefined)),
  rule(
    new RegExp(String.raw`(?<![\p{L}\p{N}.@])(?:[A-Z0-9-]+\.)+(?:${domains})(?:/\S*)?${endsWord}`, 'giu'),
    ([address]) => address.toLowerCase(),
  ),
  // 5KG, 100 KM/H; LỚP 12G has a letter for a name.
  rule(
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
  // TP.VINH, BS.HÙNG: the name apart, so that it can be told from the title.
  rule(
    /(?<![\p{L}\p{M}\p{N}.])(?:TP|[PT]?GS|TS|BS|THS|KS|LS|MRS?|MS|DR)\.(?=\p{Lu}{2})(?!HCM|TS)/gu,
    ([title]) => `${title} `,
  ),
  // Không before what is not done or at the end of a question, else the knock-out.
  rule(whole('KO(?=\\s+\\p{L}|\\s*\\?)'), () => 'ko'),
  rule(
    new RegExp(
      String.raw`(?<![\p{L}\p{M}\p{N}.])(?:${anyOf(shortOf)})(?![\p{L}\p{M}]|(?<=\p{L})\p{N})`,
      'gu',
    ),
    ([short]) => (isSyllable(short) || wordsInCapitals.has(short) ? undefined : shortOf[short]),
  ),
  // Who, unless it stands alone.
  rule(whole('AI'), ({ input }) => (/[\p{L}\p{N}!?…]/u.test(input.replace('AI', '')) ? 'ai' : undefined)),
  // A syllable of Vietnamese is a number only where something is counted.
  rule(whole('VI|XI'), ({ 0: word, index, input }) => {
    const before = input.slice(0, index);
    const after = input.slice(index + word.length);
    const ends = /^\s*(?:$|[^\s\p{L}-])/u.test(after);
    return counts.test(before) || (ends && countsAtTheEnd.test(before)) ? undefined : word.toLowerCase();
  }),
  // CH. LAN: two letters that are one sound, for a name.
  rule(whole(String.raw`(?:CH|GI|KH|NG|NGH|NH|PH|QU|TH|TR)(?=\.\s?(?:\p{Lu}|\d))`), ([initial]) =>
    capitalised(initial),
  ),
  // KH... KHÔNG
  rule(/(?<![\p{L}\p{M}])(\p{Lu}{2,3})(?=\s?(?:…|\.{2,}|-)\s?\1)/gu, ([start]) => start.toLowerCase()),
];

/** Of a text in capitals: as it would be written in small letters, as far as its meaning depends on that. */
export const settled = (text: TracedText): TracedText => applied(settlingRules, text);

/** Of a settled text: all words in small letters, but for those that are said letter by letter or as numerals. */
export const lowered = (text: TracedText): TracedText => applied([lowering, sentenceCase], text);

export const sentenceCase: Rule = {
  pattern: /(?<=^[\s"“‘([—–-]*|[.!?…]["”’)]?\s+["“‘([]?)\p{Ll}(?!\S*[.@/:]\p{L})/gu,
  say: ([letter]) => letter.toUpperCase(),
};

/** CC BY, TP. HCM: not to be taken word by word. */
const severalWords = Object.fromEntries(
  Object.entries(abbreviations).filter(([short]) => /\p{L}[ .]+\p{L}/u.test(short)),
);

const lowering: Rule = {
  pattern: new RegExp(
    String.raw`(?<![\p{L}\p{M}])(?:${anyOf(severalWords)})|\p{Lu}[\p{Lu}\p{M}]*(?![\p{L}\p{M}])`,
    'gu',
  ),
  say: (match) => (staysCapital(match) ? undefined : match[0].toLowerCase()),
};

const isRank = (word: string) => /^S{2,3}$/.test(word);
const isNumeral = (word: string) => /^[IVX]{2,}$/.test(word);
/** Longer ones are no abbreviations that anyone would spell. */
const longestSpelled = 4;

/** Whether capitals stay in a text whose other words are brought to small letters. */
function staysCapital({ 0: word, index, input }: RegExpExecArray): boolean {
  const before = input.slice(0, index);
  if (/\d$/.test(before) || (word.length < 3 && /^-?\d/.test(input.slice(index + word.length)))) return true;
  // Vietnamese marks its vowels; an abbreviation has no marks but those of Đ, Ơ and Ư.
  if (/[\u0300-\u0303\u0306\u0309\u0323]/.test(word.normalize('NFD'))) return false;
  if (word.length <= 3 && isNamedByLetter.test(before) && (word.length === 1 || !isSyllable(word)))
    return true;
  if (
    /^[IVXLCDM]+$/.test(word) &&
    (counts.test(before) || (word.length === 1 && countsAtTheEnd.test(before)))
  )
    return true;
  // An AI that was someone has been settled.
  if (word === 'AI' || word in severalWords || word in currencies) return true;
  if (word.length === 1) return !vowel.test(base(word));
  if (word in abbreviations) return !isSyllable(word) && !wordsInCapitals.has(word);
  if (isRank(word) || isNumeral(word)) return true;
  if (word.length > longestSpelled || isPronounceable(word)) return false;
  return !sounds.some(([pattern]) => pattern.test(word.toLowerCase()));
}
