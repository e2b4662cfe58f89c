import type { Box } from '../page/page.ts';
import { bestCut } from './cuts.ts';

/** Least width of a spread of two pages, in its heights. */
const spread = 1.2;
/** Share of a panel's width that has to be beyond the middle of the sheet for it to cross the middle. */
const over = 0.03;
/** Least width of the two inner margins together, in widths of a gutter. */
const foldWidth = 1.5;

interface Size {
  width: number;
  height: number;
}

/**
 * Returns the left and the right page of a double page. Null for other pages: one that is not wide, one with panels across
 * the middle, or one with a middle as narrow as any gutter, such as a strip for a screen.
 */
export function halvesOf(
  boxes: readonly Box[],
  of: readonly number[],
  { width, height }: Size,
  tolerance: number,
): [number[], number[]] | null {
  if (width < height * spread) return null;
  const at = (i: number) => boxes[i] as Box;
  const slack = width * over;
  const left = of.filter((i) => at(i).x + at(i).w <= width / 2 + slack);
  const right = of.filter((i) => !left.includes(i) && at(i).x >= width / 2 - slack);
  if (left.length === 0 || right.length === 0 || left.length + right.length < of.length) return null;
  const rows = bestCut(boxes, of, 'y', tolerance);
  if (!rows || rows.cost > 0) return [left, right];
  const fold = Math.min(...right.map((i) => at(i).x)) - Math.max(...left.map((i) => at(i).x + at(i).w));
  const gutters = [left, right]
    .flatMap((half) => gapsBeside(boxes, half))
    .concat(rows.gap)
    .filter((gap) => gap > 0);
  return fold >= foldWidth * Math.min(...gutters) ? [left, right] : null;
}

/** Returns the pixels between panels beside each other. */
function gapsBeside(boxes: readonly Box[], of: readonly number[]): number[] {
  const at = (i: number) => boxes[i] as Box;
  return of.flatMap((i) => {
    const besides = of
      .filter(
        (j) => at(j).x >= at(i).x + at(i).w && at(j).y < at(i).y + at(i).h && at(j).y + at(j).h > at(i).y,
      )
      .map((j) => at(j).x - at(i).x - at(i).w);
    return besides.length > 0 ? [Math.min(...besides)] : [];
  });
}
