import type { Box } from './page/page.ts';

/** A row that looks like lettering, or a part of it, with the number of its letters. */
export interface RowPart extends Box {
  letters: number;
}

/** Least number of letters beside a line that covers a part of the row; fewer are marks of its letters. */
const leastLetters = 3;
/** Room above and below lines for the marks of their letters, in heights of the line. */
const marks = 0.5;

/**
 * Returns the parts of a row that no line covers, from the left: of a row of which words were found, the others were not.
 * @param lines lines that were read
 */
export function partsWithout({ letters, ...row }: RowPart, lines: readonly Box[]): RowPart[] {
  const covered = lines
    .filter((line) => isInHeightOf(line, row))
    .map(({ x, w }) => ({ from: x, to: x + w }))
    .filter(({ from, to }) => to > row.x && from < row.x + row.w)
    .sort((a, b) => a.from - b.from);
  const parts: RowPart[] = [];
  let from = row.x;
  for (const { from: start, to: end } of [...covered, { from: row.x + row.w, to: row.x + row.w }]) {
    const w = Math.min(start, row.x + row.w) - from;
    const own = Math.round((letters * w) / row.w);
    if (own >= leastLetters || covered.length === 0) parts.push({ ...row, x: from, w, letters: own });
    from = Math.max(from, end);
  }
  return parts;
}

/** Returns whether most of the height of a row is within that of a line with its marks. */
function isInHeightOf({ y, h }: Box, row: Box): boolean {
  const shared = Math.min(y + (1 + marks) * h, row.y + row.h) - Math.max(y - marks * h, row.y);
  return shared > row.h / 2;
}
