import type { Box } from '../../domain/page.ts';
import type { ReadWord, RecognizedWord } from './hocr.ts';
import { costAt, costOf, type Letters, lettersOf, likeLetters, type Place } from './letter-costs.ts';
import { union } from './raster.ts';
import type { Stretch } from './readings.ts';
import { isConsonant, isCry, isNumber, isShort, isStumble, isUnit } from './said-writing.ts';
import { isMurmur, partedSyllables } from './syllable.ts';
import type { LanguageModel } from './vietnamese.ts';

/**
 * How much a nat of the readings and one of the language weigh. Four readings of one picture are not four witnesses, and
 * the language has not seen the names and sounds of comics, so neither weighs whole.
 */
const READING = 0.5;
const LANGUAGE = 0.7;
/** The chance of nothing in a place, and of what is not a word, in nats: about that of a common word. */
const NOTHING = -6;
const NO_WORD = -6;
/** How many texts a stretch has to choose from. */
const MOST_TEXTS = 8;
/** What may stand for a letter of a word that is sure: what the recogniser itself held against it is no more, in nats. */
const MOST_SURE = 1.8;

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
        const total = path.cost + READING * cost - LANGUAGE * said.chance;
        if (!best || total < best.cost) best = { cost: total, last: said.last, texts: [...path.texts, text] };
      }
      if (best) next.push(best);
    }
    paths = next;
  }
  return paths.reduce((best, path) => (path.cost < best.cost ? path : best)).texts;
}

function sayingOf(text: string, before: string | null, language: LanguageModel) {
  if (text === '') return { chance: NOTHING, last: before };
  let chance = 0;
  let last = before;
  for (const word of text.split(' ')) {
    const core = coreOf(word);
    if (core === '' || isNoSyllable(word)) {
      chance += NO_WORD;
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
  const most = isSettled(stretch, language) ? MOST_SURE : Number.POSITIVE_INFINITY;
  for (const words of stretch) for (const text of spellingsOf(words, language, most)) texts.add(text);
  return [...texts]
    .map((text) => {
      const letters = [...text];
      return { text, cost: readings.reduce((sum, reading) => sum + costOf(letters, reading), 0) };
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_TEXTS);
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
function spellingsOf(words: readonly RecognizedWord[], language: LanguageModel, most: number): string[] {
  const found: string[] = [];
  for (const [i, word] of words.entries()) {
    if (isNoSyllable(word.text)) continue;
    const around = (core: string) =>
      words
        .map((other, at) => (at === i ? word.text.replace(coreOf(word.text), core) : other.text))
        .join(' ');
    const core = coreOf(word.text);
    if (core === '') continue;
    const parts = partedSyllables(core);
    if (parts) found.push(around(parts.join(' ')));
    // The exclamation mark after a word is drawn like an i or an l.
    if (i === words.length - 1 && /[iIl]$/.test(word.text) && language.knows(core.slice(0, -1)))
      found.push(around(`${core.slice(0, -1)}!`));
    const letters = lettersOf([word]);
    const start = [...word.text].join('').indexOf(core);
    const own = letters.slice(start, start + [...core].length);
    for (const other of variantsOf(core, own, language, most)) found.push(around(other));
  }
  return found;
}

/** The likeliest variants of a word by its own reading are enough: each of the other readings brings its own. */
const MOST_VARIANTS = 12;
const LONGEST = 8;
/** How many letters of a word may be other ones than were read. */
const MOST_CHANGES = 2;

/** Syllables that people write, with other letters in some places, as the word is written: in capitals or small. */
function variantsOf(core: string, letters: Letters, language: LanguageModel, most: number): string[] {
  const own = [...core];
  if (own.length > LONGEST || own.length !== letters.length) return [];
  const isCapital = own.map((letter) => letter !== letter.toLowerCase());
  const choices = letters.map((place, i) => {
    const read = (own[i] as string).toLowerCase();
    const seen = place.rivals.filter(({ small, cost }) => cost < most && /^\p{Ll}$/u.test(small));
    const like = most === Number.POSITIVE_INFINITY ? likeLetters(read) : [];
    return [...new Set([read, ...seen.map(({ small }) => small), ...like])];
  });
  const found: Candidate[] = [];
  const go = (prefix: string, at: number, changes: number, cost: number) => {
    if (at === own.length) {
      if (changes > 0 && language.knows(prefix)) found.push({ text: prefix, cost });
      return;
    }
    for (const [i, letter] of (choices[at] as string[]).entries()) {
      const changed = changes + (i > 0 ? 1 : 0);
      if (changed > MOST_CHANGES || !language.begins(prefix + letter)) continue;
      const written = isCapital[at] ? letter.toUpperCase() : letter;
      go(prefix + letter, at + 1, changed, cost + costAt(letters[at] as Place, written));
    }
  };
  go('', 0, 0, 0);
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_VARIANTS)
    .map(({ text }) => [...text].map((letter, i) => (isCapital[i] ? letter.toUpperCase() : letter)).join(''));
}

/** Numbers, abbreviations and cries: which syllables people write says nothing of them. */
const isNoSyllable = (word: string) =>
  isMurmur(word) ||
  isNumber(word) ||
  isStumble(word) ||
  isCry(coreOf(word)) ||
  isConsonant(coreOf(word)) ||
  isUnit(word) ||
  (/\p{Lu}|\./u.test(word) && isShort(word));

const textOf = (words: readonly RecognizedWord[]) => words.map(({ text }) => text).join(' ');

/** A word without the marks at its ends. */
const coreOf = (word: string) => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** What half of the readings have is as sure as the surest of them; what fewer have is less so, by up to this much. */
const ALONE = 20;
/** The most that a number is sure of that one of the readings has otherwise; half of them are not enough for any. */
const DISPUTED = 80;

/** Boxes of so many words side by side in the place of a stretch, each as wide as it has letters. */
function boxesOf(words: readonly string[], stretch: Stretch): (Box | undefined)[] {
  const seen = stretch.find((reading) => reading.length > 0)?.map(({ box }) => box);
  if (!seen || seen.length === words.length) return words.map((_, i) => seen?.[i]);
  const whole = seen.reduce(union);
  const letters = words.join(' ').length;
  let from = 0;
  return words.map((word) => {
    const box = { ...whole, x: whole.x + (from / letters) * whole.w, w: (word.length / letters) * whole.w };
    from += word.length + 1;
    return box;
  });
}

/** The words of a text with how sure they are; one that no reading has is as sure as they are on average, less the most. */
function asWords(text: string, stretch: Stretch): ReadWord[] {
  const mean = (words: readonly RecognizedWord[]) =>
    words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
  const words = text.split(' ');
  const boxes = boxesOf(words, stretch);
  return words.map((word, i) => {
    const alike = (text: string) => (isNumber(text) ? text : coreOf(text).toLowerCase());
    const core = alike(word);
    const same = stretch.flatMap((words) => words.find((other) => alike(other.text) === core) ?? []);
    const share = same.length / stretch.length;
    const sure =
      same.length > 0 ? Math.max(...same.map(({ confidence }) => confidence)) : mean(stretch.flat());
    const less = share >= 0.5 ? 0 : ALONE * (1 - share);
    // What the language can't vouch for is as sure as those who read it the same are many.
    const most = !isNumber(word) || share === 1 ? 100 : share > 0.5 ? DISPUTED : 0;
    const box = boxes[i];
    return { text: word, confidence: Math.max(0, Math.min(most, sure - less)), ...(box && { box }) };
  });
}
