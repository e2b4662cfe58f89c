import { isAllowedSyllable } from './allowed-syllable.ts';
import { isMurmur } from './syllable.ts';

/** A text without the words that are impossible in Vietnamese, and the number of these. */
export interface OwnWords {
  text: string;
  leftOut: number;
}

const wordPattern = /[\p{L}\p{M}]+/gu;
/** Fewer words are too few to distinguish meaningful capitals from lettering in capitals. */
const fewest = 4;

/**
 * Removes from the Vietnamese texts of one page what must be misread: words that are not syllables of the language, names
 * or sounds. A word without a vowel is an abbreviation.
 */
export function ownWords(texts: readonly string[]): OwnWords[] {
  const words = texts.flatMap((text) => text.match(wordPattern) ?? []);
  const times = new Map<string, number>();
  for (const word of words) times.set(word.toLowerCase(), (times.get(word.toLowerCase()) ?? 0) + 1);
  const recurs = (word: string) => (times.get(word.toLowerCase()) ?? 0) > 1;
  const inCapitals = (text: string) =>
    (text.match(wordPattern)?.length ?? 0) < fewest || !/\p{Ll}/u.test(text);
  return texts.map((text) => {
    const capitals = inCapitals(text);
    const kept: string[] = [];
    let leftOut = 0;
    for (const token of text.split(/ |(?<=\n)/u)) {
      const starts = kept.length === 0 || /[.!?…\n]$/u.test(kept.at(-1) as string);
      const isMeant = (word: string) => recurs(word) || isName(word, starts || capitals);
      const foreign = (token.match(wordPattern) ?? []).filter((word) => !isOwn(word));
      // An ending belongs to its name, as in OpenOffice.org.
      const misread = foreign.some(isMeant) ? 0 : foreign.length;
      if (misread === 0) kept.push(token);
      else if (kept.length > 0) kept.push(ended(kept.pop() as string, token));
      leftOut += misread;
    }
    return { text: kept.join(' ').replaceAll('\n ', '\n'), leftOut };
  });
}

function isOwn(word: string): boolean {
  if (isAllowedSyllable(word) || isMurmur(word) || !/[aeiouy]/i.test(plain(word))) return true;
  // Laughter: hihi, khàkhà.
  const [, once] = /^(\p{L}+?)\1+$/u.exec(word.normalize('NFC').toLowerCase()) ?? [];
  return once !== undefined && isAllowedSyllable(once);
}

/**
 * Returns whether a word is a name: it has a capital that nothing else explains, or several syllables and no marks. Vietnamese
 * words have one syllable, so a misread one looks different.
 */
function isName(word: string, capitalsMeanNothing: boolean): boolean {
  if (!/^\p{Lu}/u.test(word)) return false;
  if (!capitalsMeanNothing) return true;
  const vowels = plain(word).match(/[aeiouy]+/gi)?.length ?? 0;
  return vowels > 1 && !/\p{M}|đ/iu.test(word.normalize('NFD'));
}

/** Moves the punctuation after a removed word to the word before it. */
const ended = (before: string, token: string) =>
  before.replace(/,?\n?$/u, (end) => end.replace(',', '')) + (/[.!?…,]*\n?$/u.exec(token)?.[0] ?? '');

const plain = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '');
