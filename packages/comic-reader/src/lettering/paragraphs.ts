import type { TextLine } from './text-line.ts';

/** Least distance of two paragraphs, in heights of their letters, and in gaps between the lines of one. */
const apart = { letters: 1, gaps: 2 };

/**
 * Splits lines at gaps that are much wider than the others: without a balloon nothing else shows where another person
 * speaks.
 * @param lines of one block
 * @returns one or more paragraphs, from the top
 */
export function paragraphsOf(lines: readonly TextLine[]): TextLine[][] {
  const rows = rowsOf(lines);
  const gaps = rows.slice(1).map((row, i) => topOf(row) - bottomOf(rows[i] as TextLine[]));
  // Of two gaps, the narrower one is between lines.
  const usual = [...gaps].sort((a, b) => a - b)[(gaps.length - 1) >> 1] ?? 0;
  const paragraphs: TextLine[][] = [];
  for (const [i, row] of rows.entries()) {
    const gap = i === 0 ? Number.POSITIVE_INFINITY : (gaps[i - 1] as number);
    const letter = Math.max(...row.map(({ letterHeight }) => letterHeight));
    const last = paragraphs.at(-1);
    if (last && (gaps.length < 2 || gap < apart.letters * letter || gap < apart.gaps * usual))
      last.push(...row);
    else paragraphs.push([...row]);
  }
  return paragraphs;
}

/** Joins the parts of a row that are side by side. */
function rowsOf(lines: readonly TextLine[]): TextLine[][] {
  const rows: TextLine[][] = [];
  for (const line of [...lines].sort((a, b) => a.y - b.y)) {
    const last = rows.at(-1);
    if (last && line.y < bottomOf(last)) last.push(line);
    else rows.push([line]);
  }
  return rows;
}

const topOf = (row: readonly TextLine[]) => Math.min(...row.map(({ y }) => y));
const bottomOf = (row: readonly TextLine[]) => Math.max(...row.map(({ y, h }) => y + h));
