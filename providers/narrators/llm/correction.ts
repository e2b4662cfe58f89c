import { speechText } from 'vietnamese-speech';
import { namesIn } from '../../../domain/likeness/words.ts';
import type { SegmentDraft } from '../../../domain/script.ts';
import { sentencesOf } from '../../../domain/sentences.ts';
import { isVietnamese } from '../../../domain/vietnamese.ts';
import { longestSegment, speakable } from '../spoken.ts';
import { problemsOfText, repeatable, words } from './checks.ts';
import { sayerOf } from './segments.ts';

/** Texts that a corrected sentence can be compared with. */
interface Original {
  segment: SegmentDraft;
  /** Names of the story's characters. */
  names: readonly string[];
  /** Every word of the chapter in lower case. */
  vocabulary: ReadonlySet<string>;
  /** The other texts of the chapter, as `words` joined by spaces. */
  others: ReadonlySet<string>;
}

/** `một` is also an article, and `tư` a part of names. */
const countingWords = new Set(
  'hai ba bốn năm lăm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ phẩy'.split(' '),
);

/** Returns the words of numbers in a text, however they are written, in their order. */
const countsIn = (text: string) =>
  words(speechText(text).spoken)
    .filter((word) => countingWords.has(word))
    .join(' ');
const digitsIn = (text: string) => (text.match(/\d+/gu) ?? []).join(' ');

/**
 * Returns whether two texts have the same numbers in the same order: whose they are can't be known, so they change no places. Words
 * stand for digits, so `3` can become `ba`.
 */
function hasSameNumbers(one: string, other: string): boolean {
  const [digits, its] = [digitsIn(one), digitsIn(other)];
  return countsIn(one) === countsIn(other) && (digits === '' || its === '' || digits === its);
}

/** Words that deny, forbid, or say that something is not yet so; the last ones are spellings of `không`. */
const denials = new Set('không chẳng chả chớ đừng chưa hổng hông ko'.split(' '));
const denialsIn = (text: string) => words(speechText(text).spoken).filter((word) => denials.has(word)).length;

/** Returns whether a name is in a text, as whole words: An is not in Anh. */
const isNamed = (name: string, text: string) =>
  ` ${words(text).join(' ')} `.includes(` ${words(name).join(' ')} `);

/** A correction changes a sentence: a smaller share of its words that were there before is another sentence. */
const keptShare = 1 / 3;

function isAnother(text: string, before: string): boolean {
  const now = words(speechText(text).spoken);
  const had = new Set(words(speechText(before).spoken));
  return now.filter((word) => had.has(word)).length < keptShare * now.length;
}

/** A correction has between half and twice the words of the sentence, and a few more. */
const few = 6;

/** Returns whether words tell another sentence of the chapter too, which listeners would hear twice. Short ones can be repeated. */
function repeatsAnother(
  now: readonly string[],
  old: readonly string[],
  others: ReadonlySet<string>,
): boolean {
  const [whole, before] = [now, old].map((some) => ` ${some.join(' ')} `) as [string, string];
  return [...others].some(
    (other) => other.length > repeatable && whole.includes(` ${other} `) && !before.includes(` ${other} `),
  );
}

/**
 * Returns why a text can't correct a sentence: it does not pass the checks of a page's reply, or tells something else. Names,
 * numbers and denials stay, a third of its words was there, nothing is added or left out, and what a character says stays speech.
 */
export function problemsOfCorrection(text: string, original: Original): string[] {
  const { segment, names, vocabulary, others } = original;
  const before = segment.text;
  const [old, now] = [words(before), words(text)];
  const lost = names.filter((name) => isNamed(name, before) && !isNamed(name, text));
  const strangers = [...namesIn([text])].filter((name) => !vocabulary.has(name.toLowerCase()));
  const { speaker } = segment;
  return [
    ...problemsOfText(text, before, names),
    ...(speakable(text).length > longestSegment ? [`is longer than ${longestSegment} characters`] : []),
    ...(now.length * 2 + few < old.length ? ['leaves out what the sentence tells'] : []),
    ...(now.length > old.length * 2 + few || sentencesOf(text).length > sentencesOf(before).length + 1
      ? ['adds what the sentence does not tell']
      : []),
    ...(isVietnamese(before) && isAnother(text, before) ? ['is another sentence'] : []),
    ...lost.map((name) => `does not name ${name}`),
    ...(strangers.length > 0 ? ['names somebody who is not in the chapter'] : []),
    ...(hasSameNumbers(before, text) ? [] : ['has other numbers']),
    ...(denialsIn(before) === denialsIn(text) || !isVietnamese(before)
      ? []
      : ['denies what the sentence does not deny, or the other way round']),
    ...(speaker && sayerOf(text, speaker) === '' ? [`is not what ${speaker} says`] : []),
    ...(repeatsAnother(now, old, others) ? ['repeats another sentence'] : []),
  ];
}
