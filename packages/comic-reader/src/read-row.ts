import type { BlockToRead } from './read-block.ts';
import type { ReadWord } from './reading/hocr.ts';
import { knownSyllables } from './words/known-syllables.ts';

/** A row that looks like lettering by its texture, read alone: the number of its Vietnamese words, or words of another language. */
export type ReadRow = { words: number } | { other: string; confidence: number };

/** Least confidence of a syllable: art that looks like a row of letters has single ones, below. */
const likely = 45;
/** Least number of syllables: among strokes of art one occurs by chance, but not beside words of the same row. */
const several = { alone: 2, besideWords: 1 };
/** A word that can't be Vietnamese, whose longest syllable has seven letters, and its least confidence. */
const other = { letters: /\p{L}{8,}/u, confidence: 85 };

/**
 * Returns what a row says, by its first readings: Vietnamese if it has several syllables, another language if it has one long word with
 * certainty; null if the readings do not show it.
 * @param isPart whether other words of the row were read; one syllable is enough then
 */
export function readRow({ first }: Pick<BlockToRead, 'first'>, isPart = false): ReadRow | null {
  const readings = first.map(({ lines }) => lines.flat());
  const words = Math.max(0, ...readings.map(syllablesIn));
  if (words >= (isPart ? several.besideWords : several.alone)) return { words };
  const long = readings.flat().find(isOther);
  return long ? { other: long.text, confidence: long.confidence } : null;
}

const syllablesIn = (words: readonly ReadWord[]): number =>
  words.filter(({ confidence }) => confidence >= likely).flatMap(({ text }) => knownSyllables(text)).length;

const isOther = (word: ReadWord): boolean =>
  word.confidence >= other.confidence && other.letters.test(word.text);
