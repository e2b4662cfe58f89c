import { overlap } from 'comic-reader/steps';
import type { Box, Bubble } from '../../../domain/page.ts';
import type { TrueBubble } from './truth.ts';
import { wordsOf } from './words.ts';

/** Result for neighbouring bubbles. */
export interface OrderCount {
  /** Neighbours among the spoken bubbles whose order is unambiguous. */
  pairs: number;
  /** Pairs where both were read. */
  read: number;
  /** Pairs read in the right order. */
  right: number;
}

/** Two boxes belong to the same bubble if they share at least this part of the smaller one. */
const samePlace = 0.5;
/** Two texts belong to the same bubble, wherever they are, if they share at least this part of their words. */
const sameWords = 0.6;

/**
 * Counts neighbouring spoken bubbles that were read in the right order.
 * @param found bubbles of a page as they were read, in order over all its panels
 * @param meant the true ones, in order
 */
export function countOrder(found: readonly Bubble[], meant: readonly TrueBubble[]): OrderCount {
  const spoken = meant
    .filter((bubble) => bubble.spoken && !bubble.orderArguable)
    .map((bubble) => ({ bubble, at: indexOf(bubble, found) }));
  const count: OrderCount = { pairs: 0, read: 0, right: 0 };
  for (const [i, after] of spoken.entries()) {
    const before = spoken[i - 1];
    if (!before) continue;
    count.pairs++;
    if (before.at < 0 || after.at < 0) continue;
    count.read++;
    const inOrder =
      before.at === after.at
        ? mergedInOrder((found[before.at] as Bubble).text, before.bubble.text, after.bubble.text)
        : before.at < after.at;
    if (inOrder) count.right++;
  }
  return count;
}

/** Returns the index of the bubble at the place of the true one, otherwise of one with its words, or -1. */
export function indexOf(meant: TrueBubble, found: readonly Bubble[]): number {
  const place = best(
    found,
    (bubble) => (coverage(meant, bubble) >= samePlace ? overlap(meant, bubble) : 0),
    1,
  );
  if (place >= 0) return place;
  const words = wordsOf(meant.text);
  const inCommon = ({ text }: Bubble) => {
    const read = wordsOf(text);
    return words.filter((word) => read.includes(word)).length / Math.max(words.length, read.length, 1);
  };
  return best(found, inCommon, sameWords);
}

/** Returns the index of the highest value of at least `least`. */
function best(found: readonly Bubble[], of: (bubble: Bubble) => number, least: number): number {
  const values = found.map(of);
  const most = Math.max(...values);
  return most >= least ? values.indexOf(most) : -1;
}

const coverage = (a: Box, b: Box) => overlap(a, b) / Math.min(a.w * a.h, b.w * b.h);

/** Returns whether a text says all words of one bubble before those of another; words that both have or that were misread do not count. */
function mergedInOrder(text: string, before: string, after: string): boolean {
  const read = wordsOf(text);
  const placesOf = (own: string, other: string) => {
    const shared = new Set(wordsOf(other));
    return wordsOf(own)
      .filter((word) => !shared.has(word))
      .map((word) => read.indexOf(word))
      .filter((at) => at >= 0);
  };
  const first = placesOf(before, after);
  const second = placesOf(after, before);
  return Math.max(-1, ...first) < Math.min(read.length, ...second);
}
