import { isAllowedSyllable } from './allowed-syllable.ts';
import { isMurmur } from './syllable.ts';

/** A text without the words that Vietnamese can't have, and how many these were. */
export interface OwnWords {
  text: string;
  leftOut: number;
}

const WORD = /[\p{L}\p{M}]+/gu;
/** Fewer words are too few to tell capitals that mean something from lettering in capitals. */
const FEWEST = 4;

/**
 * Leaves out of Vietnamese texts of one page what can only be misread: words that are not syllables of the language, nor
 * names or sounds. Without a vowel a word is an abbreviation.
 */
export function ownWords(texts: readonly string[]): OwnWords[] {
  const words = texts.flatMap((text) => text.match(WORD) ?? []);
  const times = new Map<string, number>();
  for (const word of words) times.set(word.toLowerCase(), (times.get(word.toLowerCase()) ?? 0) + 1);
  const recurs = (word: string) => (times.get(word.toLowerCase()) ?? 0) > 1;
  const inCapitals = (text: string) => (text.match(WORD)?.length ?? 0) < FEWEST || !/\p{Ll}/u.test(text);
  return texts.map((text) => {
    const capitals = inCapitals(text);
    const kept: string[] = [];
    let leftOut = 0;
    for (const token of text.split(/ |(?<=\n)/u)) {
      const starts = kept.length === 0 || /[.!?…\n]$/u.test(kept.at(-1) as string);
      const isMeant = (word: string) => recurs(word) || isName(word, starts || capitals);
      const foreign = (token.match(WORD) ?? []).filter((word) => !isOwn(word));
      // A name brings its ending along, as in OpenOffice.org.
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
 * A name has a capital that nothing else explains, or several syllables and no marks: Vietnamese words have one, so that
 * what is misread of them looks otherwise.
 */
function isName(word: string, capitalsMeanNothing: boolean): boolean {
  if (!/^\p{Lu}/u.test(word)) return false;
  if (!capitalsMeanNothing) return true;
  const vowels = plain(word).match(/[aeiouy]+/gi)?.length ?? 0;
  return vowels > 1 && !/\p{M}|đ/iu.test(word.normalize('NFD'));
}

/** What stood after a word that is left out stands after the one before it. */
const ended = (before: string, token: string) =>
  before.replace(/,?\n?$/u, (end) => end.replace(',', '')) + (/[.!?…,]*\n?$/u.exec(token)?.[0] ?? '');

const plain = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '');
