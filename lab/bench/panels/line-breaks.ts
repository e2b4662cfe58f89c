import type { TrueBubble } from './truth.ts';
import { wordsOf } from './words.ts';

/** What became of the line breaks of a bubble that was read. */
export interface BreakCount {
  /** Those that are meant, without a point or a comma before them, and those of them that were kept. */
  breaks: number;
  kept: number;
  /** Ends of full lines, where that is known, and line breaks of the reading where none is meant. */
  wraps: number;
  broken: number;
}

/** After one of these a voice pauses at any rate. */
const PAUSED = /[.,;:!?…]$/u;

/** The words before and after each line break. */
const breaksIn = (text: string): string[] =>
  [...text.matchAll(/\n/gu)].flatMap(({ index }) => {
    const before = text.slice(0, index).trim();
    if (PAUSED.test(before)) return [];
    return [`${wordsOf(before).at(-1)} ${wordsOf(text.slice(index))[0]}`];
  });

/** Counts breaks by the words that they part. */
export function countBreaks(read: string, { text, lines }: TrueBubble): BreakCount {
  const [found, meant] = [breaksIn(read), breaksIn(text)];
  const ends = lines === undefined ? 0 : lines - text.split('\n').length;
  // A misread word beside a break makes it no other break.
  const alike = (one: string, other: string) =>
    one.split(' ').some((word, i) => word === other.split(' ')[i]);
  return {
    breaks: meant.length,
    kept: meant.filter((one) => found.some((other) => alike(one, other))).length,
    wraps: ends,
    broken: found.filter((one) => !meant.some((other) => alike(one, other))).length,
  };
}
