import type { Box } from '../page/page.ts';
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
 * Returns whether a text looks like two bubbles that were read as one, line by line across both: a row hangs over the others behind a
 * gap, or at one place several rows have a gap
 * that is wider than a space, and either it is very wide or small letters follow the end of a sentence, as in `Con mèo của chị Vậy
 * thì đi! chạy lên mái nhà.` Lettering in capitals does not show the latter, and a missing word looks like it.
 * @param lines all that was read, line by line with boxes; a word that is left out leaves no gap
 */
export function looksFused(lines: readonly (readonly ReadWord[])[], text: string): boolean {
  const rows = lines.map((line) => line.flatMap(({ box }) => (box ? [box] : [])));
  const height = middleOf(rows.flat().map(({ h }) => h)) ?? 1;
  const gap = commonGap(rows) / height;
  return gap >= apart || (gap >= near && continues.test(text)) || hangsOver(rows, height);
}

const middleOf = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Largest distance of the middle of a row from that of its bubble, and the least one that is too far, in heights of a word. */
const centred = 0.5;
const aside = 1.5;

/**
 * Returns whether a row is only centred on the others without the words behind or before a gap, which are beside all other rows: the
 * lines of a bubble are centred, so that the words are those of a bubble beside it.
 */
function hangsOver(rows: readonly (readonly Box[])[], height: number): boolean {
  const spans = rows.map(spanOf);
  return rows.some((row, i) => {
    const others = spans.flatMap((span, other) => (span && other !== i ? [span] : []));
    const own = spans[i];
    if (!own || others.length < 2) return false;
    const middle = middleOf(others.map(({ from, to }) => (from + to) / 2)) as number;
    const distance = ({ from, to }: Gap) => Math.abs((from + to) / 2 - middle) / height;
    if (distance(own) < aside) return false;
    const [from, to] = [Math.min(...others.map((one) => one.from)), Math.max(...others.map((one) => one.to))];
    return row.slice(1).some(({ x }, k) => {
      const [head, tail] = [spanOf(row.slice(0, k + 1)) as Gap, spanOf(row.slice(k + 1)) as Gap];
      if (x - head.to < near * height) return false;
      return (tail.from >= to && distance(head) <= centred) || (head.to <= from && distance(tail) <= centred);
    });
  });
}

/** Returns the extent of words across; undefined without any. */
const spanOf = (row: readonly Box[]): Gap | undefined =>
  row.length === 0
    ? undefined
    : { from: Math.min(...row.map(({ x }) => x)), to: Math.max(...row.map(({ x, w }) => x + w)) };

interface Gap {
  from: number;
  to: number;
}

/** Returns the widest gap at one place of two rows or more, in pixels; 0 without one. */
function commonGap(boxes: readonly (readonly Box[])[]): number {
  const rows = boxes.map((row) =>
    row.slice(1).map(({ x }, i): Gap => ({ from: (row[i]?.x ?? 0) + (row[i]?.w ?? 0), to: x })),
  );
  const shared = (one: Gap, other: Gap) => Math.min(one.to, other.to) - Math.max(one.from, other.from);
  const widths = rows.flatMap((row, i) =>
    row.flatMap((gap) => rows.slice(i + 1).flatMap((below) => below.map((other) => shared(gap, other)))),
  );
  return Math.max(0, ...widths);
}
