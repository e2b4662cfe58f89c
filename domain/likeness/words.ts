/** Stand for any name and any number: a template stays the same when they are replaced. */
const someName = '@';
const someNumber = '#';

const token = /[\p{L}\p{M}]+|\p{N}+|[.!?…:“"]/gu;
const isCapitalised = (word: string) => /^\p{Lu}/u.test(word);
const isWord = (found: string) => /^[\p{L}\p{M}]/u.test(found);

/** Yields the words and numbers of a text, each with whether it begins a sentence. */
function* tokensOf(text: string): Generator<{ word: string; begins: boolean }> {
  let begins = true;
  for (const [found] of text.normalize('NFC').matchAll(token)) {
    if (isWord(found) || /^\p{N}/u.test(found)) {
      yield { word: found, begins };
      begins = false;
    } else begins = true;
  }
}

/** Returns the words that are written as names: with a capital inside a sentence. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts)
    for (const { word, begins } of tokensOf(text)) if (!begins && isCapitalised(word)) names.add(word);
  return names;
}

/** Returns the words of a text in lower case, with a mark for each name of one or more words and for each number. */
export function maskedWords(text: string, names: ReadonlySet<string>): string[] {
  const words: string[] = [];
  for (const { word, begins } of tokensOf(text)) {
    const isName = isWord(word) && isCapitalised(word) && (!begins || names.has(word));
    const masked = isName ? someName : isWord(word) ? word.toLowerCase() : someNumber;
    if (masked !== someName || words.at(-1) !== someName) words.push(masked);
  }
  return words;
}

/** Length of the longest sequence of words that both have in the same order, not necessarily in a row. */
function commonWords(one: readonly string[], other: readonly string[]): number {
  let above = new Uint16Array(other.length + 1);
  for (const word of one) {
    const row = new Uint16Array(other.length + 1);
    for (const [i, its] of other.entries())
      row[i + 1] =
        word === its ? (above[i] as number) + 1 : Math.max(above[i + 1] as number, row[i] as number);
    above = row;
  }
  return above.at(-1) ?? 0;
}

/**
 * Returns how alike two word sequences are, from 0 to 1: twice the words that both have in the same order, as a share of all
 * words of both (Dice's coefficient).
 */
export function likenessOf(one: readonly string[], other: readonly string[]): number {
  const all = one.length + other.length;
  return all === 0 ? 0 : (2 * commonWords(one, other)) / all;
}

/**
 * Returns a function that finds the sequences that are at least this much like another one. Most are excluded by the number of
 * words that both have in any order, since a narration of hours has thousands of sentences.
 */
export function finderOf<T extends { words: readonly string[] }>(all: readonly T[], least: number) {
  const places = new Map<string, number[]>();
  for (const [i, { words }] of all.entries())
    for (const word of words) {
      const at = places.get(word);
      if (at) at.push(i);
      else places.set(word, [i]);
    }
  return (words: readonly string[]): T[] => {
    const shared = new Map<number, number>();
    for (const word of words) for (const i of places.get(word) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
    return [...shared].flatMap(([i, count]) => {
      const one = all[i] as T;
      const most = (2 * Math.min(count, words.length, one.words.length)) / (words.length + one.words.length);
      return most >= least && likenessOf(one.words, words) >= least ? [one] : [];
    });
  };
}
