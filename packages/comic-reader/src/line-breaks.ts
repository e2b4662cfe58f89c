import { isInCapitals } from 'vietnamese-speech';
import type { ReadWord } from './hocr.ts';
import type { TextBlock } from './text-blocks.ts';

/** What bounds the lines of a block. */
export interface Bounds {
  /** A balloon's lines are as long as its roundness lets them be; a box has straight sides; open lettering has neither. */
  shape: 'balloon' | 'box' | 'open';
  /** How long a line could have been, in lengths of the longest one: 1 where that is not known. */
  room: number;
}

export const OPEN: Bounds = { shape: 'open', room: 1 };

/** What fills so much of its box has level sides; a balloon that a panel's frame cuts has a round one. */
const LEVEL = 0.97;
/** A box leaves room for this many heights of a letter beside its lines, or as many as above and below them. */
const LEAST_MARGIN = 1.5;

/** How a block's lines are bounded: in a box by its sides, at which a letterer leaves what he leaves above and below. */
export function boundsOf({ balloon, lines, x, y, w, h }: TextBlock): Bounds {
  if (!balloon) return OPEN;
  if (!balloon.straight || balloon.solid < LEVEL) return { shape: 'balloon', room: 1 };
  const letter = Math.max(...lines.map(({ letterHeight }) => letterHeight));
  const margin = Math.max(LEAST_MARGIN * letter, y - balloon.y, balloon.y + balloon.h - y - h);
  // Where a table stands at the left, its right side is empty.
  const wide = balloon.w - margin - Math.min(margin, x - balloon.x);
  return { shape: 'box', room: Math.max(1, wide / w) };
}

/** A word and its number, or a word, a colon and anything: `HP 100/100`, `Nghề: kiếm sĩ`. */
const ROW = /^\p{L}[\p{L}\p{M}.]*(?: [\p{L}\p{M}.]+){0,2}(?:\s*:.*|\s*[+−-]?\d[\d\s./%,+−=>→-]*\p{L}{0,3})$/u;
/** After one of these a voice pauses, whether or not the break was meant; a hyphen parts a word. */
const PAUSED = /[.,;:!?…–—-]["'”’»)\]]*$/u;
const FRESH = /^["'“‘«([]*[\p{Lu}\p{N}]/u;
/** A capital that is not a small letter written larger, as which a hand's small ones are easily read. */
const CAPITAL = /^(?=[\p{Lu}\p{N}])[^CKLOPSUVWXZ]/u;
/** Less room than this share of the longest line can be chance. */
const CHANCE = 0.03;

/**
 * Tells the line breaks that are meant from those that end a full line: a break is meant where the next line begins
 * afresh although its first word would have fitted on this one, and before the rows of a table or a list. Lettering in capitals
 * does not show what begins afresh, so that two words have to fit there, between straight sides. A balloon is filled to
 * its roundness, and its lines break anywhere.
 * @param lines words line by line; without places only tables are told
 * @returns for each line but the last whether the break after it is meant
 */
export function meantBreaks(lines: readonly (readonly ReadWord[])[], { shape, room }: Bounds): boolean[] {
  const texts = lines.map((line) => line.map(({ text }) => text).join(' '));
  const inRow = texts.map((text, i) => ROW.test(text) && (isRow(texts[i - 1]) || isRow(texts[i + 1])));
  const capitals = isInCapitals(texts.join(' '));
  const longest = Math.max(...lines.map(lengthOf)) * room * (1 - CHANCE);
  const told = shape === 'box' || (shape === 'open' && !capitals);
  const found = texts.slice(1).map((next, i) => {
    const before = texts[i] as string;
    if (PAUSED.test(before) || !FRESH.test(next)) return false;
    if (inRow[i + 1]) return true;
    const [line, following] = [
      lines[i] as ReadWord[],
      (lines[i + 1] as ReadWord[]).slice(0, capitals ? 2 : 1),
    ];
    return (told || inRow[i] === true) && lengthOf(line) + spaceOf(line) + lengthOf(following) <= longest;
  });
  if (shape !== 'box' || capitals || !isList(texts)) return found;
  return found.map(
    (meant, i) => meant || (CAPITAL.test(texts[i + 1] as string) && !PAUSED.test(texts[i] as string)),
  );
}

/** Whether capitals only begin lines, at least three of them: names would stand within lines as well. */
const isList = (texts: readonly string[]): boolean =>
  texts.filter((text) => CAPITAL.test(text)).length > 2 &&
  !texts.some((text) => /[^.:!?…]\s+\p{Lu}/u.test(text));

/** Whether a text has two rows of a table under each other. */
export const isTable = (text: string): boolean =>
  text.split('\n').some((line, i, lines) => isRow(line) && isRow(lines[i + 1]));

const isRow = (text: string | undefined) => text !== undefined && ROW.test(text);

/** From the first to the last word, in pixels; NaN where it is not known. */
function lengthOf(words: readonly ReadWord[]): number {
  const boxes = words.flatMap(({ box }) => box ?? []);
  if (boxes.length < words.length) return Number.NaN;
  return Math.max(...boxes.map(({ x, w }) => x + w)) - Math.min(...boxes.map(({ x }) => x));
}

/** About a third of the height of a line. */
const spaceOf = (line: readonly ReadWord[]) => Math.max(...line.map(({ box }) => (box?.h ?? 0) / 3));
