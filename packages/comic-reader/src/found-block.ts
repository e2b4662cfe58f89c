import type { BlockText } from './block-texts.ts';
import type { Box } from './page/page.ts';
import { type BlockToRead, lettersSeen, linesSeen, readsSyllables } from './read-block.ts';
import { type Place, type SignKind, signsAmong } from './words/signs.ts';
import { isNoise } from './words/sound-words.ts';

/** A block of lettering on a page, before its words are chosen. */
export interface FoundBlock {
  box: Box;
  /** Boxes of its lines; of a block that is not level its box. */
  lines: Box[];
  place: Place;
  /** True if it is drawn like a sound: large, short and outside of bubbles. */
  isLarge: boolean;
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

export type Kind = 'sound' | SignKind;

/** Returns the kind of each block; a block without words is judged by its look. */
export function kindsOf(blocks: readonly FoundBlock[], texts: readonly BlockText[]): Kind[] {
  const judged = blocks.map((_, i) => texts[i]?.read?.judged ?? '');
  const isSound = blocks.map(({ isLarge, place }, i) => {
    const text = judged[i] as string;
    return isLarge ? !isCried(text) : place.shape !== 'balloon' && isNoise(text);
  });
  const placed = blocks.flatMap(({ place }, i) => (isSound[i] ? [] : [{ place, text: judged[i] as string }]));
  const signs = signsAmong(placed);
  let at = 0;
  return blocks.map(({ place }, i) => {
    if (isSound[i]) return 'sound';
    const kind = signs[at++] as Kind;
    if (texts[i]?.read) return kind;
    return place.tilted && place.shape !== 'balloon' ? 'sign' : 'said';
  });
}

/** Returns whether large letters cry words instead of a noise: several different ones, such as `Chạy đi!` */
function isCried(text: string): boolean {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu));
  return words.size > 1 && !isNoise(text) && /[!?…]["'”’)]*$/u.test(text);
}

/** Letters can break into pieces that do not count as letters: a smaller share of words than this means that rows gave none. */
export const mostLostShare = 0.3;

/**
 * Returns whether a block without words is speech: it has a row of letters, in a balloon or a narrator's box, or in the open if
 * syllables were read in it. A board without words is a sign.
 */
export const isSpeechWithoutWords = (block: FoundBlock): boolean =>
  hasRows(block) &&
  !block.isLarge &&
  block.place.shape !== 'board' &&
  (block.place.shape !== 'open' || (block.toRead !== null && readsSyllables(block.toRead)));

/**
 * Returns whether a block without words is lettering: it has a row of letters, and the recognizer reads letters in it. In a
 * mouth, a window or a screen of dots it reads almost none.
 */
export const looksWritten = (block: FoundBlock): boolean =>
  hasRows(block) && (!block.toRead || lettersSeen(block.toRead) > mostLostShare * block.letters);

/**
 * Least share of the lines that are read whose letters form a row in the picture. Of 67 blocks of speech without words on drawn pages of
 * `dev` none had less than a third, while screens of dots, in which the recognizer reads dozens of lines, had a fifth at most.
 */
const leastRows = 0.25;

const hasRows = ({ rows, toRead }: FoundBlock): boolean =>
  rows > 0 && (!toRead || rows >= leastRows * linesSeen(toRead));
