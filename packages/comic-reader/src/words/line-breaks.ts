import { isInCapitals } from 'vietnamese-speech';
import type { TextBlock } from '../lettering/text-blocks.ts';
import type { ReadWord } from '../reading/hocr.ts';

/** Shape around the lines of a block. */
export interface Bounds {
  /** A balloon limits its lines by its round outline, a box by straight sides; open lettering has neither. */
  shape: 'balloon' | 'box' | 'open';
  /** Length that a line could have had, in lengths of the longest one; 1 if unknown. */
  room: number;
}

export const open: Bounds = { shape: 'open', room: 1 };

/** Share of its box that a shape with level sides fills; a balloon that a panel's frame cuts has a round side. */
const level = 0.97;
/** Least margin beside the lines of a box, in heights of a letter, unless there is less above and below them. */
const leastMargin = 1.5;

/** Returns the shape around a block's lines; in a box the margin at the sides is assumed to be that above and below. */
export function boundsOf({ balloon, lines, x, y, w, h }: TextBlock): Bounds {
  if (!balloon) return open;
  if (!balloon.straight || balloon.solid < level) return { shape: 'balloon', room: 1 };
  const letter = Math.max(...lines.map(({ letterHeight }) => letterHeight));
  const margin = Math.max(leastMargin * letter, y - balloon.y, balloon.y + balloon.h - y - h);
  // The right side of a table at the left is empty.
  const wide = balloon.w - margin - Math.min(margin, x - balloon.x);
  return { shape: 'box', room: Math.max(1, wide / w) };
}

/** A word and its number, or a word, a colon and anything: `HP 100/100`, `Nghề: kiếm sĩ`. */
const row = /^\p{L}[\p{L}\p{M}.]*(?: [\p{L}\p{M}.]+){0,2}(?:\s*:.*|\s*[+−-]?\d[\d\s./%,+−=>→-]*\p{L}{0,3})$/u;
/** Ends of lines where a voice pauses anyway; a hyphen splits a word. */
const paused = /[.,;:!?…–—-]["'”’»)\]]*$/u;
const fresh = /^["'“‘«([]*[\p{Lu}\p{N}]/u;
/** Capitals whose small letter has another shape: a handwritten c or o is easily read as its capital. */
const capital = /^(?=[\p{Lu}\p{N}])[^CKLOPSUVWXZ]/u;
/** Room, as a share of the longest line, that can be chance. */
const chance = 0.03;

/**
 * Distinguishes intended line breaks from those at the end of a full line. A break is intended if the next line begins a new
 * entry although its first word would have fitted on this one, and before the rows of a table or a list. Lettering in
 * capitals does not show what begins a new entry, so two words have to fit there, between straight sides. A balloon's lines
 * follow its outline and break anywhere.
 * @param lines words line by line; without places only tables are recognized
 * @returns for each line except the last whether the break after it is intended
 */
export function meantBreaks(lines: readonly (readonly ReadWord[])[], { shape, room }: Bounds): boolean[] {
  const texts = lines.map((line) => line.map(({ text }) => text).join(' '));
  const inRow = texts.map((text, i) => row.test(text) && (isRow(texts[i - 1]) || isRow(texts[i + 1])));
  const capitals = isInCapitals(texts.join(' '));
  const longest = Math.max(...lines.map(lengthOf)) * room * (1 - chance);
  const told = shape === 'box' || (shape === 'open' && !capitals);
  const found = texts.slice(1).map((next, i) => {
    const before = texts[i] as string;
    if (paused.test(before) || !fresh.test(next)) return false;
    if (inRow[i + 1]) return true;
    const [line, following] = [
      lines[i] as ReadWord[],
      (lines[i + 1] as ReadWord[]).slice(0, capitals ? 2 : 1),
    ];
    return (told || inRow[i] === true) && lengthOf(line) + spaceOf(line) + lengthOf(following) <= longest;
  });
  if (shape !== 'box' || capitals || !isList(texts)) return found;
  return found.map(
    (meant, i) => meant || (capital.test(texts[i + 1] as string) && !paused.test(texts[i] as string)),
  );
}

/** Returns whether capitals are only at the start of lines, at least three of them: names would be within lines too. */
const isList = (texts: readonly string[]): boolean =>
  texts.filter((text) => capital.test(text)).length > 2 &&
  !texts.some((text) => /[^.:!?…]\s+\p{Lu}/u.test(text));

/** Returns whether a text has two rows of a table under each other. */
export const isTable = (text: string): boolean =>
  text.split('\n').some((line, i, lines) => isRow(line) && isRow(lines[i + 1]));

const isRow = (text: string | undefined) => text !== undefined && row.test(text);

/** Returns the length from the first to the last word, in pixels; NaN if unknown. */
function lengthOf(words: readonly ReadWord[]): number {
  const boxes = words.flatMap(({ box }) => box ?? []);
  if (boxes.length < words.length) return Number.NaN;
  return Math.max(...boxes.map(({ x, w }) => x + w)) - Math.min(...boxes.map(({ x }) => x));
}

/** Returns the width of a space: about a third of the height of a line. */
const spaceOf = (line: readonly ReadWord[]) => Math.max(...line.map(({ box }) => (box?.h ?? 0) / 3));
