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
  const inked = rows.map(inkOf);
  const asTheyAre = inked.map((ink) => clearness(ink, 0));
  // All rows have the same weight, so that an ornament beside one does not outweigh the letters of the others.
  const gain = (slant: number) =>
    inked.reduce((sum, ink, i) => sum + clearness(ink, slant) / Math.max(1, asTheyAre[i] as number), 0) /
    inked.length;
  const clearest = { slant: 0, gain: clearer };
  for (const size of slants) {
    for (const slant of [size, -size]) {
      const of = gain(slant);
      if (of > clearest.gain) Object.assign(clearest, { slant, gain: of });
    }
  }
  return clearest.slant;
}

/** The dark pixels of a picture, row by row. */
interface Ink {
  width: number;
  /** Their columns, and for each row the place of its first one; a last place is the end. */
  columns: Int32Array;
  starts: Int32Array;
}

function inkOf({ width, height, data }: Raster): Ink {
  const columns = new Int32Array(data.length);
  const starts = new Int32Array(height + 1);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if ((data[y * width + x] as number) < 128) columns[count++] = x;
    starts[y + 1] = count;
  }
  return { width, columns: columns.subarray(0, count), starts };
}

/**
 * Returns the sum of squares of the changes of ink from column to column: beside an upright stem it begins and ends at once. The
 * ink alone shows this only for fine letters, since heavy ones fill nearly all columns.
 */
function clearness({ width, columns, starts }: Ink, slant: number): number {
  const height = starts.length - 1;
  const reach = Math.ceil(Math.abs(slant) * height);
  const counts = new Int32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const shift = reach + Math.round(slant * y);
    for (let at = starts[y] as number; at < (starts[y + 1] as number); at++)
      (counts[(columns[at] as number) + shift] as number) += 1;
  }
  let [sum, before] = [0, 0];
  for (const count of counts) {
    sum += (count - before) ** 2;
    before = count;
  }
  return sum;
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
