import { chanceWrong } from './chance-wrong.ts';
import type { ReadWord, RecognizedWord } from './hocr.ts';
import type { Box } from './page.ts';
import { differingOf, knowing, NAME, type PageHand } from './page-hand.ts';
import { union } from './raster.ts';
import type { Stretch } from './readings.ts';
import { isNumber } from './said-writing.ts';
import type { LanguageModel } from './vietnamese.ts';
import {
  type Candidate,
  candidatesOf,
  coreOf,
  heard,
  isNoSyllable,
  isSettled,
  textOf,
} from './word-candidates.ts';

/**
 * How much a nat of the readings and one of the language weigh. Four readings of one picture are not four witnesses, and
 * the language has not seen the names and sounds of comics, so neither weighs whole.
 */
const READING = 0.7;
const LANGUAGE = 0.7;
/** The chance of nothing in a place, and of what is not a word, in nats. */
const NOTHING = NAME;
const NO_WORD = NAME;

/** Chooses for each stretch what the readings and the language agree on best, line by line. */
export function chooseWords(
  lines: readonly Stretch[][],
  vietnamese: LanguageModel,
  hand: PageHand,
): ReadWord[][] {
  const stretches = lines.flat();
  const language = knowing(vietnamese, hand.names);
  const candidates = stretches.map((stretch) => candidatesOf(stretch, language));
  const chosen = bestPath(candidates, language);
  const ahead = aheadIn(stretches, hand);
  const leads = chosen.map((_, at) => leadOf(at, chosen, candidates, language));
  const disputed = chosen.map((text, at) => {
    const stretch = stretches[at] as Stretch;
    // In a strange hand all can take a letter for the same other one.
    const isPlain = ahead === AHEAD && isSettled(stretch, language) && text === textOf(stretch[0] ?? []);
    return !isPlain && (leads[at] as number) < ahead;
  });
  let at = -1;
  return lines.map((line) =>
    line.flatMap((stretch) => {
      at++;
      const text = chosen[at] as string;
      if (text === '') return [];
      const lead = leads[at] as number;
      return asWords(text, stretch, ahead > AHEAD).map((word) => ({
        ...word,
        wrong: chanceWrong(word.text, lead),
        ...(disputed[at] && { disputed: true }),
      }));
    }),
  );
}

/**
 * By how many nats what is chosen is ahead of what else it could be, at the least: on drawn hands two in five of the words
 * that are nearer to another are false. More is asked for where more than the usual part of the words is read otherwise by
 * one reading than by another: that hand is strange to those who read it. On a page that is strange all over they err together as well, so that far more is
 * asked for.
 */
const AHEAD = 1.5;
const STRANGE_HAND = { usual: 0.3, alone: 3, page: { usual: 0.35, ahead: 20 } };
/** The page speaks for the hand of a bubble as this many words do: a short one tells little. */
const PAGE = 24;

function aheadIn(stretches: readonly Stretch[], hand: PageHand): number {
  const { length } = stretches;
  const own = differingOf(stretches);
  const mixed = (length * own + PAGE * hand.differing) / (length + PAGE);
  const { usual, alone, page } = STRANGE_HAND;
  return AHEAD + Math.max(0, alone * (own - usual), page.ahead * (mixed - page.usual));
}

/** By how many nats a word is ahead of the likeliest other one in its place, between the same neighbours. */
function leadOf(
  at: number,
  chosen: readonly string[],
  candidates: readonly Candidate[][],
  language: LanguageModel,
): number {
  const own = heard(chosen[at] as string);
  if (own === '') return Number.POSITIVE_INFINITY;
  const before = lastOf(chosen.slice(Math.max(0, at - 3), at));
  const cost = ({ text, cost }: Candidate) => {
    const said = sayingOf(text, before, language);
    const next = sayingOf(chosen[at + 1] ?? '', said.last, language);
    return READING * cost - LANGUAGE * (said.chance + next.chance);
  };
  const least = (some: readonly Candidate[]) => Math.min(...some.map(cost));
  const all = candidates[at] as Candidate[];
  const isOwn = ({ text }: Candidate) => heard(text) === own;
  return least(all.filter((one) => !isOwn(one))) - least(all.filter(isOwn));
}

/** The last syllable of what is said, as the next one sees it. */
function lastOf(texts: readonly string[]): string | null {
  const word = texts.join(' ').trim().split(' ').at(-1) ?? '';
  return word === '' || /[.!?…]$/u.test(word) || isNoSyllable(word) ? null : coreOf(word);
}

/** Returns the path of least cost; what is said before a candidate affects how likely it is. */
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
function asWords(text: string, stretch: Stretch, strangeHand: boolean): ReadWord[] {
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
    // What the language can't vouch for is as sure as those who read it the same are many, and all can take a strange hand's
    // digit for another.
    const alikeInAll = share === 1 && !strangeHand;
    const most = !isNumber(word) || alikeInAll ? 100 : share > 0.5 ? DISPUTED : 0;
    const box = boxes[i];
    return { text: word, confidence: Math.max(0, Math.min(most, sure - less)), ...(box && { box }) };
  });
}
