import type { TrueBubble } from './truth.ts';
import { wordsOf } from './words.ts';

/** Result for the line breaks of a bubble that was read. */
export interface BreakCount {
  /** Intended breaks, without punctuation before them, and those of them that were kept. */
  breaks: number;
  kept: number;
  /** Ends of full lines, where known, and line breaks of the reading where none is intended. */
  wraps: number;
  broken: number;
}

/** Punctuation after which a voice pauses anyway. */
const paused = /[.,;:!?…]$/u;

/** Returns the words before and after each line break. */
const breaksIn = (text: string): string[] =>
  [...text.matchAll(/\n/gu)].flatMap(({ index }) => {
    const before = text.slice(0, index).trim();
    if (paused.test(before)) return [];
    return [`${wordsOf(before).at(-1)} ${wordsOf(text.slice(index))[0]}`];
  });

/** Counts breaks by the words that they separate. */
export function countBreaks(read: string, { text, lines }: TrueBubble): BreakCount {
  const [found, meant] = [breaksIn(read), breaksIn(text)];
  const ends = lines === undefined ? 0 : lines - text.split('\n').length;
  // A misread word next to a break does not make it a different break.
  const alike = (one: string, other: string) =>
    one.split(' ').some((word, i) => word === other.split(' ')[i]);
  return {
    breaks: meant.length,
    kept: meant.filter((one) => found.some((other) => alike(one, other))).length,
    wraps: ends,
    broken: found.filter((one) => !meant.some((other) => alike(one, other))).length,
  };
}
