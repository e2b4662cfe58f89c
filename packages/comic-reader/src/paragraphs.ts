import type { TextLine } from './text-lines.ts';

/** Two paragraphs are at least so far apart, in heights of their letters, and in gaps between the lines of one. */
const APART = { letters: 1, gaps: 2 };

/**
 * Parts lines where the gap between them is much wider than elsewhere: without a balloon nothing else tells where one has
 * finished and the next one speaks.
 * @param lines of one block
 * @returns them from the top, one or more paragraphs
 */
export function paragraphsOf(lines: readonly TextLine[]): TextLine[][] {
  const rows = rowsOf(lines);
  const gaps = rows.slice(1).map((row, i) => topOf(row) - bottomOf(rows[i] as TextLine[]));
  // Of two gaps the narrower one is that of lines.
  const usual = [...gaps].sort((a, b) => a - b)[(gaps.length - 1) >> 1] ?? 0;
  const paragraphs: TextLine[][] = [];
  for (const [i, row] of rows.entries()) {
    const gap = i === 0 ? Number.POSITIVE_INFINITY : (gaps[i - 1] as number);
    const letter = Math.max(...row.map(({ letterHeight }) => letterHeight));
    const last = paragraphs.at(-1);
    if (last && (gaps.length < 2 || gap < APART.letters * letter || gap < APART.gaps * usual))
      last.push(...row);
    else paragraphs.push([...row]);
  }
  return paragraphs;
}

/** Parts of a row that stand side by side belong together. */
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
