import type { ReadWord } from '../reading/hocr.ts';

/** The end of a sentence, then small letters. An ellipsis does not end one, and a single letter is an abbreviation. */
const continues = /\p{L}\p{M}*\p{L}\p{M}*(?:[!?]+|(?<!\.)\.)\s\p{Ll}/u;

/**
 * Gaps that several rows have at one place, in heights of their words: the widest between the words of one bubble was 0.76, those
 * between two bubbles were 0.58 and more. From `near` on the text decides, from `apart` on the gap alone.
 */
const near = 0.5;
const apart = 1;

/**
 * Returns whether a text looks like two bubbles that were read as one, line by line across both: at one place several rows have a gap
 * that is wider than a space, and either it is very wide or small letters follow the end of a sentence, as in `Con mèo của chị Vậy
 * thì đi! chạy lên mái nhà.` Lettering in capitals does not show the latter, and a missing word looks like it.
 * @param lines all that was read, line by line with boxes; a word that is left out leaves no gap
 */
export function looksFused(lines: readonly (readonly ReadWord[])[], text: string): boolean {
  const gap = commonGap(lines);
  return gap >= apart || (gap >= near && continues.test(text));
}

interface Gap {
  from: number;
  to: number;
}

/** Returns the widest gap at one place of two rows or more, in heights of a word; 0 without one. */
function commonGap(lines: readonly (readonly ReadWord[])[]): number {
  const boxes = lines.map((line) => line.flatMap(({ box }) => (box ? [box] : [])));
  const heights = boxes
    .flat()
    .map(({ h }) => h)
    .sort((a, b) => a - b);
  const height = heights[heights.length >> 1] ?? 1;
  const rows = boxes.map((row) =>
    row.slice(1).map(({ x }, i): Gap => ({ from: (row[i]?.x ?? 0) + (row[i]?.w ?? 0), to: x })),
  );
  const shared = (one: Gap, other: Gap) => Math.min(one.to, other.to) - Math.max(one.from, other.from);
  const widths = rows.flatMap((row, i) =>
    row.flatMap((gap) => rows.slice(i + 1).flatMap((below) => below.map((other) => shared(gap, other)))),
  );
  return Math.max(0, ...widths) / height;
}
