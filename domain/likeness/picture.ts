import * as z from 'zod';

/** Pixels of a stored picture, in each direction. */
export const pictureSide = 24;

/** A panel as 24 × 24 grey pixels, whatever its shape, in base64: enough to recognise it, and 768 characters. */
export const Picture = z
  .base64()
  .length((pictureSide * pictureSide * 4) / 3)
  .describe('24 × 24 grey pixels');
export type Picture = z.infer<typeof Picture>;

/** Cells in which pictures are compared, in each direction. */
const cells = 12;
/** A picture whose cells differ by less than this many greys (standard deviation) shows nothing that could be recognised. */
const flat = 6;
/** Shares of a side that a cut leaves. A thumbnail that was cut further shows another scene. */
const cuts = [1, 0.92, 0.84, 0.76];

/** Cells with mean 0 and length 1, so that the sum of products of two is their correlation; undefined for a flat picture. */
type Pattern = Float32Array | undefined;

function normalised(values: Float32Array): Pattern {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  if (length < flat * cells) return undefined;
  return centred.map((value) => value / length);
}

/** Averages the grey pixels of a square part in cells. */
function patternOf(pixels: Uint8Array, left: number, top: number, side: number): Pattern {
  const values = new Float32Array(cells * cells);
  const steps = 4;
  for (let cell = 0; cell < values.length; cell++) {
    const [x, y] = [cell % cells, Math.floor(cell / cells)];
    let sum = 0;
    for (let step = 0; step < steps * steps; step++) {
      const column = left + ((x + ((step % steps) + 0.5) / steps) * side) / cells;
      const row = top + ((y + (Math.floor(step / steps) + 0.5) / steps) * side) / cells;
      sum += pixels[Math.floor(row) * pictureSide + Math.floor(column)] as number;
    }
    values[cell] = sum / (steps * steps);
  }
  return normalised(values);
}

/** A picture, whole and cut at its edges. */
export interface SeenPicture {
  whole: Pattern;
  parts: Pattern[];
}

/** Prepares a picture for comparisons. */
export function seen(picture: Picture): SeenPicture {
  const pixels = Buffer.from(picture, 'base64');
  const parts = cuts.flatMap((share) => {
    const side = share * pictureSide;
    const room = pictureSide - side;
    const places = room === 0 ? [0] : [0, room / 2, room];
    return places.flatMap((top) => places.map((left) => patternOf(pixels, left, top, side)));
  });
  return { whole: parts[0], parts };
}

const correlation = (one: Pattern, other: Pattern) =>
  one && other ? one.reduce((sum, value, i) => sum + value * (other[i] as number), 0) : 0;

/**
 * Returns the correlation of two pictures, up to 1 for the same: brightness, contrast and evenly changed colours do not change it,
 * and either picture can be a cut of the other.
 */
export const pictureLikeness = (one: SeenPicture, other: SeenPicture): number =>
  Math.max(
    ...one.parts.map((part) => correlation(part, other.whole)),
    ...other.parts.map((part) => correlation(one.whole, part)),
  );
