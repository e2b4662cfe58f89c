import type { ReadWord, RecognizedWord } from '../reading/hocr.ts';
import type { Stretch } from '../reading/readings.ts';
import { asWords } from './chosen-words.ts';
import { differingOf, knowing, nameLogProbability, type PageHand } from './page-hand.ts';
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
 * Weights of the readings and of the language. Four readings of one picture are not independent, and the language model has
 * not seen the names and sounds of comics, so both are below 1.
 */
const weightOfReading = 0.7;
const weightOfLanguage = 0.7;
/** Log-probabilities of an empty place, and of a token that is not a word, in nats. */
const nothing = nameLogProbability;
const noWord = nameLogProbability;

/** Chooses the text of each stretch on which the readings and the language agree best, line by line. */
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
  const marksLead = (at: number) => {
    const plain = withoutMarks(heard(chosen[at] as string));
    const alike = candidates.map((some) => some.filter(({ text }) => withoutMarks(heard(text)) === plain));
    return leadOf(at, chosen, alike, language);
  };
  const disputed = chosen.map((text, at) => {
    const stretch = stretches[at] as Stretch;
    if (isAgreed(text, stretch)) return false;
    // In an unfamiliar hand all readings can make the same mistake.
    const isPlain = ahead === leastAhead && isSettled(stretch, language) && text === textOf(stretch[0] ?? []);
    // The language has no names to be ahead of.
    const isName = !text.split(' ').every((word) => language.knows(coreOf(word)));
    const more = isName ? 0 : moreAhead(text, stretch, language);
    const overMarks =
      isName || !isOtherMarked(text, stretch, language) ? Number.POSITIVE_INFINITY : marksLead(at);
    return !isPlain && ((leads[at] as number) < ahead + more || overMarks < ahead + moreThan.unsure);
  });
  let at = -1;
  return lines.map((line) =>
    line.flatMap((stretch) => {
      at++;
      const agreed = disputed[at] ? agreedText(stretch, { language, strangeHand: ahead > leastAhead }) : null;
      const text = agreed ?? (chosen[at] as string);
      if (text === '') return [];
      const lead = agreed === null ? (leads[at] as number) : 0;
      return asWords(text, stretch, { lead, strangeHand: ahead > leastAhead }).map((word) => ({
        ...word,
        ...(disputed[at] &&
          agreed === null &&
          !isAgreedWord(word.text, stretch) && { disputed: true, likely: lead >= ahead }),
      }));
    }),
  );
}

/**
 * Least lead of a chosen text over its alternatives, in nats: on drawn hands two in five of the words with a smaller lead are
 * false. More is needed if no two readings agree on more than the usual share of words, because the hand is unfamiliar to the
 * recognizers. If a whole page is unfamiliar, they also make the same mistakes, so far more is needed.
 */
const leastAhead = 1.5;
const strangeness = { usual: 0.15, alone: 3, page: { usual: 0.2, ahead: 20 } };
/** Weight of the page's differences for one bubble, in words: a short bubble shows little of its hand. */
const wordsOfPage = 24;

/**
 * Additional leads. `alone`: of a text that one of the readings does not have; of those with less, every third is false. `unsure`: of a
 * text that no reading has, and over one with other marks that a reading has, as in `nồi` and `nổi`. The picture does not decide between two such words,
 * and which one people write more often says little about one place: on the drawn hands of `dev` 16 of 55 with less were false.
 */
const moreThan = { alone: 0.5, unsure: 2.5 };
/** Largest difference in confidence of two readings that contradict each other. */
const mostLess = 25;
/** Number of readings, and the least confidence of each, with which they outweigh the language: of such words one in twelve is false. */
const agreed = { readings: 3, confidence: 60 };

/** A reading with less confidence than this contradicts none. */
const leastDissent = 40;

/** Returns how much further ahead of other texts a text has to be than one that all readings have with confidence. */
function moreAhead(text: string, stretch: Stretch, language: LanguageModel): number {
  const own = heard(text);
  if (stretch.some((words) => heard(textOf(words)) === own))
    return isInAll(text, stretch) ? 0 : moreThan.alone;
  return stretch.some((words) => isKnown(words, language)) ? moreThan.unsure : moreThan.alone;
}

const isKnown = (words: readonly RecognizedWord[], language: LanguageModel) =>
  heard(textOf(words))
    .split(' ')
    .every((word) => language.knows(word));

/** Returns whether a reading has the same letters with other marks, and is hardly less certain than the one that has the text. */
function isOtherMarked(text: string, stretch: Stretch, language: LanguageModel): boolean {
  const own = heard(text);
  const having = stretch.filter((words) => heard(textOf(words)) === own);
  const surest = Math.max(...having.map(leastOf));
  return stretch.some((words) => {
    const other = heard(textOf(words));
    return (
      other !== own &&
      withoutMarks(other) === withoutMarks(own) &&
      leastOf(words) >= surest - mostLess &&
      isKnown(words, language)
    );
  });
}

const leastOf = (words: readonly RecognizedWord[]) => Math.min(...words.map(({ confidence }) => confidence));

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

const isInAll = (text: string, stretch: Stretch): boolean =>
  stretch.every(
    (words) =>
      heard(textOf(words)) === heard(text) ||
      (words.length > 0 && words.every(({ confidence }) => confidence < leastDissent)),
  );

/**
 * Returns whether all readings have a text, two kinds of data and two sizes of the picture. The language only knows which syllables
 * people often write on web pages, so it has no vote then.
 */
const isAgreed = (text: string, stretch: Stretch): boolean =>
  stretch.length >= agreed.readings &&
  isInAll(text, stretch) &&
  stretch.flat().every(({ confidence }) => confidence >= agreed.confidence);

/** Returns whether all readings have a word, not a number, of a stretch whose other words they read or divide differently. */
const isAgreedWord = (word: string, stretch: Stretch): boolean =>
  stretch.length >= agreed.readings &&
  heard(word) !== '' &&
  stretch.every((words) =>
    words.some(({ text, confidence }) => heard(text) === heard(word) && confidence >= agreed.confidence),
  );

/**
 * Returns the words of the language that all readings have in a stretch, to be said instead of others that are hardly likelier; null
 * if a reading differs or is unsure. On drawn and real pages of `dev` nearly all of about 30 such texts were right, most of them an I
 * that the language takes for an exclamation mark (`đó!` for `đói`).
 */
function agreedText(
  stretch: Stretch,
  { language, strangeHand }: { language: LanguageModel; strangeHand: boolean },
): string | null {
  const text = textOf(stretch[0] ?? []);
  const isSure = isAgreed(text, stretch) || (!strangeHand && isSettled(stretch, language));
  const isKnown = text !== '' && text.split(' ').every((word) => language.knows(coreOf(word)));
  return isKnown && isSure && isInAll(text, stretch) ? text : null;
}

function aheadIn(stretches: readonly Stretch[], hand: PageHand): number {
  const { length } = stretches;
  const own = differingOf(stretches);
  const mixed = (length * own + wordsOfPage * hand.differing) / (length + wordsOfPage);
  const { usual, alone, page } = strangeness;
  return leastAhead + Math.max(0, alone * (own - usual), page.ahead * (mixed - page.usual));
}

/** Returns the lead of a word over the likeliest alternative in its place, between the same neighbours, in nats. */
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
    return weightOfReading * cost - weightOfLanguage * (said.chance + next.chance);
  };
  const least = (some: readonly Candidate[]) => Math.min(...some.map(cost));
  const all = candidates[at] as Candidate[];
  const isOwn = ({ text }: Candidate) => heard(text) === own;
  return least(all.filter((one) => !isOwn(one))) - least(all.filter(isOwn));
}

/** Returns the last syllable of texts if it affects the next one, otherwise null. */
function lastOf(texts: readonly string[]): string | null {
  const word = texts.join(' ').trim().split(' ').at(-1) ?? '';
  return word === '' || /[.!?…]$/u.test(word) || isNoSyllable(word) ? null : coreOf(word);
}

/** Returns the path of least cost; the words before a candidate affect its probability. */
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
        const total = path.cost + weightOfReading * cost - weightOfLanguage * said.chance;
        if (!best || total < best.cost) best = { cost: total, last: said.last, texts: [...path.texts, text] };
      }
      if (best) next.push(best);
    }
    paths = next;
  }
  return paths.reduce((best, path) => (path.cost < best.cost ? path : best)).texts;
}

/** Returns the log-probability of a text after a syllable, in nats, and its last syllable. */
export function sayingOf(text: string, before: string | null, language: LanguageModel) {
  if (text === '') return { chance: nothing, last: before };
  let chance = 0;
  let last = before;
  for (const word of text.split(' ')) {
    const core = coreOf(word);
    if (core === '' || isNoSyllable(word)) {
      chance += noWord;
      continue;
    }
    chance += language.chance(last, core);
    last = /[.!?…]$/u.test(word) ? null : core;
  }
  return { chance, last };
}
