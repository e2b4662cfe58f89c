import type { BlockText } from './block-texts.ts';
import type { Box } from './page/page.ts';
import { type BlockToRead, lettersSeen, readsSyllables } from './read-block.ts';
import { type Place, signsAmong } from './words/signs.ts';

/** A block of lettering on a page, before its words are chosen. */
export interface FoundBlock {
  box: Box;
  /** Null for a drawn sound. */
  place: Place | null;
  /** Number of pieces that look like letters. */
  letters: number;
  /** Area of all its lines. */
  area: number;
  /** Area of the lines that are certainly lettering. */
  plainArea: number;
  /** Number of rows of several letters that are certainly lettering. */
  rows: number;
  toRead: BlockToRead | null;
}

export type Kind = 'sound' | 'sign' | 'unsure' | 'said';

/** Returns the kind of each block; a block without words is judged by its tilt. */
export function kindsOf(blocks: readonly FoundBlock[], texts: readonly BlockText[]): Kind[] {
  const placed = blocks.flatMap(({ place }, i) =>
    place ? [{ place, text: texts[i]?.read?.text ?? '' }] : [],
  );
  const signs = signsAmong(placed);
  let at = 0;
  return blocks.map(({ place }, i) => {
    if (!place) return 'sound';
    const kind = signs[at++] as Kind;
    if (texts[i]?.read) return kind;
    return place.tilted && place.shape !== 'balloon' ? 'sign' : 'said';
  });
}

/** Letters can break into pieces that do not count as letters: a smaller share of words than this means that rows gave none. */
export const mostLostShare = 0.3;

/**
 * Returns whether a block without words is speech: it has a row of letters, in a balloon or a narrator's box, or in the open if
 * syllables were read in it. A board without words is a sign.
 */
export const isSpeechWithoutWords = ({ place, rows, toRead }: FoundBlock): boolean =>
  rows > 0 &&
  place !== null &&
  place.shape !== 'board' &&
  (place.shape !== 'open' || (toRead !== null && readsSyllables(toRead)));

/**
 * Returns whether a block without words is lettering: it has a row of letters, and the recognizer reads letters in it. In a
 * mouth, a window or a screen of dots it reads almost none.
 */
export const looksWritten = ({ rows, letters, toRead }: FoundBlock): boolean =>
  rows > 0 && (!toRead || lettersSeen(toRead) > mostLostShare * letters);
