import type { ReadWord, RecognizedWord } from './hocr.ts';
import { costOf, type Letters, lettersOf, likeLetters } from './letter-costs.ts';
import type { Stretch } from './readings.ts';
import { partedSyllables } from './syllable.ts';
import type { LanguageModel } from './vietnamese.ts';

export const tune = { reading: 0.6, language: 0.5, nothing: -6, other: -6, most: 8 };

interface Candidate {
  text: string;
  /** Against it, from the readings alone. */
  cost: number;
}

/** Chooses for each stretch what the readings and the language agree on best, line by line. */
export function chooseWords(lines: readonly Stretch[][], language: LanguageModel): ReadWord[][] {
  const stretches = lines.flat();
  const chosen = bestPath(
    stretches.map((stretch) => candidatesOf(stretch, language)),
    language,
  );
  let at = 0;
  return lines.map((line) =>
    line.flatMap((stretch) => {
      const text = chosen[at++] as string;
      return text === '' ? [] : asWords(text, stretch);
    }),
  );
}

/** The path of least cost; what is said before a candidate tells how likely it is. */
function bestPath(stretches: readonly Candidate[][], language: LanguageModel): string[] {
  interface Path {
    cost: number;
    last: string | null;
    texts: string[];
  }
  let paths: Path[] = [{ cost: 0, last: null, texts: [] }];
  for (const candidates of stretches) {
    const next: Path[] = [];
    for (const { text, cost } of candidates) {
      let best: Path | undefined;
      for (const path of paths) {
        const said = sayingOf(text, path.last, language);
        const total = path.cost + tune.reading * cost - tune.language * said.chance;
        if (!best || total < best.cost) best = { cost: total, last: said.last, texts: [...path.texts, text] };
      }
      if (best) next.push(best);
    }
    paths = next;
  }
  return paths.reduce((best, path) => (path.cost < best.cost ? path : best)).texts;
}

function sayingOf(text: string, before: string | null, language: LanguageModel) {
  if (text === '') return { chance: tune.nothing, last: before };
  let chance = 0;
  let last = before;
  for (const word of text.split(' ')) {
    const core = coreOf(word);
    if (core === '') {
      chance += tune.other;
      continue;
    }
    chance += language.chance(last, core);
    last = /[.!?…]$/u.test(word) ? null : core;
  }
  return { chance, last };
}

function candidatesOf(stretch: Stretch, language: LanguageModel): Candidate[] {
  const readings = stretch.map(lettersOf);
  const texts = new Set(stretch.map(textOf));
  if (!isSettled(stretch, language))
    for (const words of stretch) for (const text of spellingsOf(words, language)) texts.add(text);
  return [...texts]
    .map((text) => {
      const letters = [...text];
      return { text, cost: readings.reduce((sum, reading) => sum + costOf(letters, reading), 0) };
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, tune.most);
}

/** Where all read the same, and surely, and people write it so, there is nothing to choose. */
const SURE = 85;
export function isSettled(stretch: Stretch, language: LanguageModel): boolean {
  const words = stretch.flat();
  return (
    new Set(stretch.map(textOf)).size === 1 &&
    words.every(({ text, confidence }) => confidence >= SURE && language.knows(coreOf(text)))
  );
}

/** Ways to read a stretch that make a syllable of a word: other letters for one or two of its own, or a space in it. */
function spellingsOf(words: readonly RecognizedWord[], language: LanguageModel): string[] {
  const found: string[] = [];
  for (const [i, word] of words.entries()) {
    const around = (core: string) =>
      words
        .map((other, at) => (at === i ? word.text.replace(coreOf(word.text), core) : other.text))
        .join(' ');
    const core = coreOf(word.text);
    if (core === '') continue;
    const parts = partedSyllables(core);
    if (parts) found.push(around(parts.join(' ')));
    const letters = lettersOf([word]);
    const start = [...word.text].join('').indexOf(core);
    const own = letters.slice(start, start + [...core].length);
    for (const other of variantsOf(core, own)) if (language.knows(other)) found.push(around(other));
  }
  return found;
}

const LONGEST = 8;

function variantsOf(core: string, letters: Letters): string[] {
  const own = [...core];
  if (own.length > LONGEST || own.length !== letters.length) return [];
  const others = letters.map((choices, i) => {
    const letter = own[i] as string;
    const capital = letter !== letter.toLowerCase();
    const shaped = (other: string) => (capital ? other.toUpperCase() : other.toLowerCase());
    const seen = choices
      .map((choice) => shaped(choice.letter))
      .filter((other) => /^\p{L}$/u.test(other))
      .slice(0, 6);
    return [...new Set([...seen, ...likeLetters(letter).map(shaped)])].filter((other) => other !== letter);
  });
  const found: string[] = [];
  const put = (text: readonly string[], at: number, letter: string) =>
    text.map((l, i) => (i === at ? letter : l));
  for (const [i, some] of others.entries()) {
    for (const letter of some) {
      const once = put(own, i, letter);
      found.push(once.join(''));
      for (let j = i + 1; j < others.length; j++)
        for (const second of others[j] ?? []) found.push(put(once, j, second).join(''));
    }
  }
  return found;
}

const textOf = (words: readonly RecognizedWord[]) => words.map(({ text }) => text).join(' ');

/** A word without the marks at its ends. */
const coreOf = (word: string) => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** What was chosen, as sure as the readings that have it are on average; what none has is as unsure as it is rare. */
function asWords(text: string, stretch: Stretch): ReadWord[] {
  const mean = (words: readonly RecognizedWord[]) =>
    words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
  const same = stretch.filter((words) => coreOf(textOf(words)).toLowerCase() === coreOf(text).toLowerCase());
  const present = stretch.filter((words) => words.length > 0);
  const sure = same.length > 0 ? Math.max(...same.map(mean)) : Math.min(...present.map(mean));
  const confidence = sure - (100 - 100 * (same.length / stretch.length)) * 0.2;
  return text.split(' ').map((word) => ({ text: word, confidence: Math.max(0, confidence) }));
}
