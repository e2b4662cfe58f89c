import type { KnownDirection } from '../page/direction.ts';
import type { Box } from '../page/page.ts';
import type { Conventions } from './conventions.ts';

/** Sides that differ by less than this share are equal. */
const same = 0.08;
/** A column of fewer panels belongs to rows, whatever the gaps are. */
const leastPanels = 3;
/** Panels of a 4-koma strip. */
const strip = 4;
/** Uncertainty of a measured gap, as a share of the page's width. */
const unsureGap = 0.004;

/** Equal panels in columns, and the panels above and below them. */
export interface Stacks {
  above: number[];
  /** From the left, each from the top. */
  columns: number[][];
  below: number[];
  byColumn: boolean;
}

/** Returns equal panels in two or more columns of three or more; null for other layouts. */
export function stacksAmong(
  boxes: readonly Box[],
  of: readonly number[],
  direction: KnownDirection,
  { strips, mangaColumns, westernColumns }: Conventions,
): Stacks | null {
  if (direction === 'ttb' || of.length < 2 * leastPanels) return null;
  const at = (i: number) => boxes[i] as Box;
  const width = median(of.map((i) => at(i).w));
  const equal = of.filter((i) => Math.abs(at(i).w - width) <= same * width);
  const columns = columnsOf(equal, at, same * width);
  if (columns.length < 2 || columns.some((column) => column.length < leastPanels)) return null;
  const top = Math.min(...equal.map((i) => at(i).y));
  const bottom = Math.max(...equal.map((i) => at(i).y + at(i).h));
  const others = of.filter((i) => !equal.includes(i));
  const slack = same * width;
  const above = others.filter((i) => at(i).y + at(i).h <= top + slack);
  const below = others.filter((i) => at(i).y >= bottom - slack);
  if (above.length + below.length < others.length) return null;
  const between = gaps(columns, at);
  if (!between) return null;
  const least = direction === 'ltr' ? westernColumns : isStrips(columns, at) ? strips : mangaColumns;
  const unsure = unsureGap * Math.max(...of.map((i) => at(i).x + at(i).w));
  return { above, columns, below, byColumn: between.columns + unsure >= least * (between.rows + unsure) };
}

type At = (i: number) => Box;

function columnsOf(of: readonly number[], at: At, slack: number): number[][] {
  const columns: number[][] = [];
  for (const i of [...of].sort((a, b) => at(a).x - at(b).x)) {
    const open = columns.at(-1);
    if (open && at(i).x - at(open[0] as number).x <= slack) open.push(i);
    else columns.push([i]);
  }
  return columns.map((column) => column.sort((a, b) => at(a).y - at(b).y));
}

/** Returns the pixels between columns and between the panels of a column; null if panels overlap. */
function gaps(columns: readonly number[][], at: At): { columns: number; rows: number } | null {
  const rows = columns.flatMap((column) =>
    column.slice(1).map((i, k) => {
      const before = at(column[k] as number);
      return at(i).y - before.y - before.h;
    }),
  );
  const between = columns.slice(1).map((column, k) => {
    const ends = (columns[k] as number[]).map((i) => at(i).x + at(i).w);
    return Math.min(...column.map((i) => at(i).x)) - Math.max(...ends);
  });
  const found = { columns: Math.min(...between), rows: median(rows) };
  const least = -same * Math.min(...columns.flat().map((i) => Math.min(at(i).w, at(i).h)));
  if (Math.min(found.columns, ...rows) < least) return null;
  return { columns: Math.max(0, found.columns), rows: Math.max(0, found.rows) };
}

/** Returns whether each column has four panels of one height. */
function isStrips(columns: readonly number[][], at: At): boolean {
  const heights = columns.flat().map((i) => at(i).h);
  const usual = median(heights);
  return (
    columns.every((column) => column.length === strip) &&
    heights.every((height) => Math.abs(height - usual) <= same * usual)
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
