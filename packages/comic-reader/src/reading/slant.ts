import type { Raster } from '../image/raster.ts';

/**
 * Slants that are tried, in columns per row: an italic has about 0.2, slanted capitals up to 0.5. A few upright letters often look
 * slanted by less than the least one.
 */
const slants = Array.from({ length: 11 }, (_, i) => 0.1 + 0.05 * i);
/** Gain in clearness that is needed to change a picture: sloping strokes of upright letters gain up to 1.3 by chance. */
const clearer = 1.4;

/**
 * Measures the slant of letters: the slant that, when undone, makes the sides of their stems upright.
 * @param rows black on white, one row of letters each
 * @returns columns per row of pixels to undo; 0 for upright letters
 */
export function slantOf(rows: readonly Raster[]): number {
  const asTheyAre = rows.map((row) => clearness(row, 0));
  // All rows have the same weight, so that an ornament beside one does not outweigh the letters of the others.
  const gain = (slant: number) =>
    rows.reduce((sum, row, i) => sum + clearness(row, slant) / Math.max(1, asTheyAre[i] as number), 0) /
    rows.length;
  const clearest = { slant: 0, gain: clearer };
  for (const size of slants) {
    for (const slant of [size, -size]) {
      const of = gain(slant);
      if (of > clearest.gain) Object.assign(clearest, { slant, gain: of });
    }
  }
  return clearest.slant;
}

/**
 * Returns the sum of squares of the changes of ink from column to column: beside an upright stem it begins and ends at once. The
 * ink alone shows this only for fine letters, since heavy ones fill nearly all columns.
 */
function clearness({ width, height, data }: Raster, slant: number): number {
  const reach = Math.ceil(Math.abs(slant) * height);
  const columns = new Uint32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const shift = reach + Math.round(slant * y);
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) < 128) columns[x + shift] = (columns[x + shift] as number) + 1;
    }
  }
  return columns.reduce((sum, count, x) => sum + (count - (columns[x - 1] ?? 0)) ** 2, 0);
}

/** Moves each row of pixels sideways by fractions of a pixel; the frame grows. */
export function sheared(picture: Raster, slant: number): Raster {
  if (slant === 0) return picture;
  const { width, height, data } = picture;
  const grown = width + Math.ceil(Math.abs(slant) * height);
  const moved = new Uint8Array(grown * height).fill(255);
  for (let y = 0; y < height; y++) {
    const shift = slant > 0 ? slant * y : -slant * (height - 1 - y);
    const whole = Math.floor(shift);
    const part = shift - whole;
    for (let x = 0; x < grown; x++) {
      const here = x - whole;
      const value = here >= 0 && here < width ? (data[y * width + here] as number) : 255;
      const before = here > 0 && here <= width ? (data[y * width + here - 1] as number) : 255;
      moved[y * grown + x] = value * (1 - part) + before * part;
    }
  }
  return { width: grown, height, channels: 1, data: moved };
}
