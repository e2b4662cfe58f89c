import type { Raster } from '../image/raster.ts';

/** Height of the zones at the top and at the bottom in which paper is looked for, as a share of the page's height. */
const zone = 0.04;
/** Least brightness of paper, 0 to 255. */
const lightPaper = 170;
/** Largest difference of the shade at the top and at the bottom of a column, and the least share of columns in which they agree. */
const alike = 20;
const mostlyAlike = 0.9;
/** Share of the columns that are darker than clear paper: a light one, but not the lightest. */
const bright = 0.8;
/** Share of the paper's brightness below which a column is in the shade, and largest share of such columns: most of a scan is not. */
const shaded = 0.93;
const mostShaded = 0.4;
/** Largest change of the shade from a column to the next, but for columns at the sides of the page, where it ends: a shade is soft. */
const soft = 0.16;
const sides = 0.01;
/** Least width of a shade, as a share of the page's: a frame's line is narrower. */
const leastWide = 0.008;
/** In a darker column hardly anything can be seen. */
const darkest = 0.08;

/**
 * Returns a scan of a book as if no fold cast a shade on it; any other page unchanged. A fold darkens whole columns softly, in the margin
 * above the panels as much as in that below them.
 */
export function withoutFold(page: Raster): Raster {
  const { width, height, data } = page;
  const depth = Math.round(zone * height);
  const [above, below] = [lightestOf(page, 0, depth), lightestOf(page, height - depth, height)];
  const light = above.map((value, x) => Math.max(value, below[x] as number));
  const paper = [...light].sort((a, b) => a - b)[Math.floor(bright * width)] as number;
  const agreeing = above.filter((value, x) => Math.abs(value - (below[x] as number)) <= alike).length;
  const dark = light.filter((value) => value < shaded * paper).length;
  const end = Math.round(sides * width);
  const isHard = light.some(
    (value, x) => x > end && x < width - end && Math.abs(value - (light[x - 1] as number)) > soft * paper,
  );
  if (paper < lightPaper || agreeing < mostlyAlike * width || isHard) return page;
  if (dark > mostShaded * width || widest(light, shaded * paper) < leastWide * width) return page;
  const gains = light.map((value) => (value < darkest * paper ? 1 : paper / Math.min(paper, value)));
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const gain = gains[(at / 3) % width] as number;
    for (let i = at; i < at + 3; i++) out[i] = Math.min(255, (data[i] as number) * gain);
  }
  return { ...page, data: out };
}

/** Returns the length of the longest stretch of columns that are darker than a shade. */
function widest(light: readonly number[], shade: number): number {
  let [most, length] = [0, 0];
  for (const value of light) {
    length = value < shade ? length + 1 : 0;
    most = Math.max(most, length);
  }
  return most;
}

/** Returns the brightness of each column between two rows: that of its lightest pixel, since art and letters are darker than paper. */
function lightestOf({ width, data }: Raster, from: number, to: number): number[] {
  const lightest = new Array<number>(width).fill(0);
  for (let y = from; y < to; y++)
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      const value = ((data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number)) / 3;
      if (value > (lightest[x] as number)) lightest[x] = value;
    }
  return lightest;
}
