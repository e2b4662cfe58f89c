import type { Mask } from '../image/raster.ts';

/** A smaller share of the art is a mark on the page, not a second picture. */
const picture = 0.15;

/**
 * Checks whether even ground that crosses the whole page separates what is drawn on it, as between pictures without
 * frames. An empty page, a title and a single figure do not fall apart.
 * @param drawn 1 where something is drawn
 * @param thick how many empty rows or columns separate two pictures, in pixels
 */
export function fallsApart({ width, height, data }: Mask, thick: number): boolean {
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
