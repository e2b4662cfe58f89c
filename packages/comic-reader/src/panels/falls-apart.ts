import { label } from '../image/components.ts';
import type { Mask, Raster } from '../image/raster.ts';
import { isEven, rowKinds } from './even-rows.ts';

/** A smaller share of the art is a mark on the page, not a second picture. */
const picture = 0.15;

/** Share of its box that a picture fills, with any outline; a person fills less. */
const filled = 0.7;

/**
 * Checks whether even ground separates what is drawn on a page, as between pictures without frames: ground that crosses the whole page
 * straight, or that winds between them. An empty page, a title and a single figure do not fall apart.
 * @param drawn 1 where something is drawn
 * @param thick how many empty rows or columns separate two pictures, in pixels
 */
export function fallsApart(drawn: Mask, thick: number): boolean {
  const { width, height, data } = drawn;
  const { components } = label(drawn);
  const all = components.reduce((sum, { area }) => sum + area, 0);
  const pictures = components.filter(({ area, w, h }) => area >= picture * all && area >= filled * w * h);
  if (pictures.length > 1) return true;
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!data[y * width + x]) continue;
      rows[y] = (rows[y] as number) + 1;
      columns[x] = (columns[x] as number) + 1;
    }
  }
  return isSeparated(rows, thick) || isSeparated(columns, thick);
}

/** Share of a row's pixels that is not looked at, at both ends of its range: the edge of a scan, or a speck. */
const outliers = 0.02;

/**
 * Checks whether rows of one colour each, which can change from row to row, separate what is drawn above and below them: gutters
 * whose colour changes down the page, or differs from that of its border.
 * @param page RGB
 * @param thick how many such rows separate two pictures
 */
export function fallsApartAtRows({ width, data }: Raster, thick: number): boolean {
  const drawn = rowKinds(data, width, outliers).map((row) => (isEven(row) ? 0 : 1));
  return isSeparated(Float64Array.from(drawn), thick);
}

function isSeparated(drawn: Float64Array, thick: number): boolean {
  const all = drawn.reduce((sum, count) => sum + count, 0);
  const least = Math.max(1, picture * all);
  let [before, empty] = [0, 0];
  for (const count of drawn) {
    if (count === 0) empty++;
    else {
      if (empty >= thick && before >= least && all - before >= least) return true;
      empty = 0;
      before += count;
    }
  }
  return false;
}
