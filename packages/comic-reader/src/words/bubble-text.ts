import type { ReadWord } from '../reading/hocr.ts';
import { corrected } from './correct-word.ts';
import { looksFused } from './fused-bubbles.ts';
import { interjections } from './interjections.ts';
import { japaneseText } from './japanese-text.ts';
import { join, tidy } from './join-lines.ts';
import { areLetters, isWordLike, keeps, keepsWritten, leastLikely, leastScrap } from './kept-words.ts';
import { type Bounds, meantBreaks, open } from './line-breaks.ts';
import { isCry, isNumber, isShort, isSpelt } from './said-writing.ts';
import { isSayable, isVietnameseSyllable } from './syllable.ts';
import { bare, letters, mean, middle, signs } from './word-measures.ts';

/** Text of a bubble, in NFC. */
export interface BubbleText {
  /** In one line, except for intended breaks. */
  text: string;
  /** The text that shows whether it is speech: with the words that are left out, if most are. */
  judged: string;
  /** Line by line, as it is lettered. */
  lines: string[];
  /** From 0 to 100. */
  confidence: number;
  /** Number of words and numbers that were read and left out. */
  doubtful: number;
  /** Number of these that could show another kind of text: speech is rarely read without any confidence. */
  unknown: number;
  /** The kept words. */
  words: ReadWord[];
  /** It looks like two bubbles that were read as one. */
  fused: boolean;
}

/** Median confidence of the bubble's other words that makes a doubtful one likely. */
const sureCompany = 88;
const leastLine = 45;
const leastBubble = 60;
/** Most letters of a scrap, which has no context as evidence, unless it is in a balloon. */
const scrap = 4;

/**
 * Makes clean text of recognized words: joins lines unless their break is intended, undoes hyphenation at line ends, and drops
 * everything that is more likely art than language, since a false word sounds worse than a missing one.
 * @param lines words line by line from the top
 * @param language BCP 47; the structure of Vietnamese words counts as well
 * @param bounds of the lines: in a balloon or a box a short word is not a piece of art
 * @returns null if nothing remains that could be spoken
 */
export function bubbleText(
  lines: readonly (readonly ReadWord[])[],
  language: string,
  bounds: Bounds = open,
): BubbleText | null {
  if (language.toLowerCase().startsWith('ja')) return japaneseText(lines);
  const isVietnamese = language.startsWith('vi');
  const inBalloon = bounds.shape !== 'open';
  const read = lines.map((line) => line.flatMap((word) => corrected(word, isVietnamese)));
  const all = read.flat().filter(isSpoken);
  const kept = keptLines(read, all, isVietnamese);
  const words = kept.flat().filter(isSpoken);
  if (words.length === 0 || !isLikely(words, isVietnamese, inBalloon)) return null;
  const text = tidy(join(kept, meantBreaks(kept, bounds)));
  if (signs(text) === 0) return null;
  const between = new Set(read.flatMap((line) => within(line, words)));
  const doubtful = all.filter(
    (word) => !words.includes(word) && (word.disputed || isWordLike(word, inBalloon || between.has(word))),
  );
  return {
    text,
    judged: doubtful.length > words.length ? tidy(join(read, [])) : text,
    lines: kept.map((line) => tidy(join([line], []))).filter((line) => signs(line) > 0),
    confidence: Math.round(mean(words)),
    doubtful: doubtful.length,
    unknown: doubtful.filter(
      ({ likely, disputed, confidence }) => !likely && (disputed || confidence >= leastLikely),
    ).length,
    words,
    fused: looksFused(read, text),
  };
}

/** Returns the part of a line from the first to the last word that is kept. */
const within = (line: readonly ReadWord[], words: readonly ReadWord[]): readonly ReadWord[] => {
  const isKept = (word: ReadWord) => words.includes(word);
  return line.slice(line.findIndex(isKept), line.findLastIndex(isKept) + 1);
};

const isSpoken = ({ text }: ReadWord): boolean => signs(text) > 0;

/** Returns the lines that are language, without words that are more likely art. */
function keptLines(
  lines: readonly ReadWord[][],
  all: readonly ReadWord[],
  isVietnamese: boolean,
): ReadWord[][] {
  const company = (word: ReadWord) => all.length > 2 && middle(all.filter((w) => w !== word)) >= sureCompany;
  return lines.flatMap((line) => {
    const spoken = line.filter(isSpoken);
    const sure = spoken.some((w) => letters(w.text) > 2 && w.confidence >= sureCompany && company(w));
    if (spoken.length === 0 || (mean(spoken) < leastLine && !sure)) return [];
    const words = line.filter(
      (w, i) =>
        !w.disputed && !areLetters(line, i) && (keeps(w, isVietnamese, company(w)) || keepsWritten(line, i)),
    );
    return words.some(isSpoken) ? [words] : [];
  });
}

/**
 * Returns whether a word is an interjection that more than half of the readings have: art is read as something else each time, and
 * hardly ever as one of the few words that people cry alone.
 */
const isCried = ({ text, evidence }: ReadWord): boolean =>
  letters(text) > 1 && interjections.has(bare(text).toLowerCase()) && (evidence?.agreeing ?? 0) > 0.5;

/** Returns whether the words of a bubble are certain enough, and can be spoken. */
function isLikely(words: readonly ReadWord[], isVietnamese: boolean, inBalloon: boolean): boolean {
  const size = words.reduce((sum, { text }) => sum + signs(text), 0);
  const isSome = (test: (word: string) => boolean) => words.some(({ text }) => test(bare(text)));
  // Numbers alone belong to a page or a thing, unless they are in a balloon.
  const isWritten =
    inBalloon && words.some(({ text }) => isNumber(text) || isShort(text) || isSpelt(bare(text)));
  const isScrap = size <= scrap && !words.every(isCried) && (!inBalloon || (isWritten && !isSome(isSayable)));
  if (mean(words) < (isScrap ? leastScrap : leastBubble)) return false;
  if (isWritten) return true;
  if (size < 2 || !(isSome(isSayable) || isSome(isCry))) return false;
  if (size > scrap || !isVietnamese) return true;
  return isSome(isVietnameseSyllable) || words.some(({ text }) => /(.)\1/u.test(text));
}
