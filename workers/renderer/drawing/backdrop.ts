import type { PlacedShot, Size } from '../shots/shot.ts';
import type { DrawingMemory } from './drawing-memory.ts';
import { allocatePicture, type Plane, type Planes } from './planes.ts';

/** The art is averaged to a sixteenth of the frame, and blurred while it is enlarged to twice that size. */
const averagedPart = 1 / 16;
const enlarged = 2;
/** Radius of the blur, in averaged pixels. */
const blurSigma = 2.5;
const brightness = 0.42;
const saturation = 0.85;
/** A soft shadow separates the art from its backdrop, and extends a little beyond it. */
const shadowOpacity = 0.45;
const shadowReach = 16;
const black = 16;
const grey = 128;

/**
 * Makes a blurred and dark copy of the art in the frame's shape, at an eighth of its size, as it has no detail. The copy
 * and all intermediate data are in the shot's room in `memory`.
 */
export function makeBackdrop(art: Planes, shot: PlacedShot, frame: Size, memory: DrawingMemory): Planes {
  const even = (size: number) => Math.ceil((size * averagedPart) / 2) * 2;
  const small = { width: even(frame.width), height: even(frame.height) };
  const out = allocatePicture(small.width * enlarged, small.height * enlarged, memory.allocateForShot);
  for (const [index, plane] of art.planes.entries()) {
    const half = index === 0 ? 1 : 2;
    const size = { width: small.width / half, height: small.height / half };
    const averaged = memory.floatsForShot(size.width * size.height);
    average(plane, size, averaged);
    darken(averaged, size, index === 0 ? black : grey, shadowOf(shot, size.width / frame.width));
    blurInto(out.planes[index] as Plane, averaged, size, blurSigma / half, memory);
  }
  return out;
}

/** Crops the middle of a plane to the shape of `size`. */
function average({ data, width, height, stride }: Plane, size: Size, out: Float32Array): void {
  const scale = Math.min(width / size.width, height / size.height);
  const left = (width - size.width * scale) / 2;
  const top = (height - size.height * scale) / 2;
  const range = (start: number, at: number, most: number): [number, number] => {
    // The start can be less than 0 by a rounding error.
    const first = Math.max(0, Math.min(most - 1, Math.floor(start + at * scale)));
    return [first, Math.max(first + 1, Math.min(most, Math.floor(start + (at + 1) * scale)))];
  };
  for (let y = 0; y < size.height; y++) {
    const [y0, y1] = range(top, y, height);
    for (let x = 0; x < size.width; x++) {
      const [x0, x1] = range(left, x, width);
      let sum = 0;
      for (let row = y0; row < y1; row++) {
        for (let at = row * stride + x0; at < row * stride + x1; at++) sum += data[at] as number;
      }
      out[y * size.width + x] = sum / ((x1 - x0) * (y1 - y0));
    }
  }
}

interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function shadowOf({ from, to }: PlacedShot, scale: number): Rectangle {
  return {
    left: (Math.min(from.x, to.x) - shadowReach) * scale,
    right: (Math.max(from.x + from.width, to.x + to.width) + shadowReach) * scale,
    top: (Math.min(from.y, to.y) - shadowReach) * scale,
    bottom: (Math.max(from.y + from.height, to.y + to.height) + shadowReach) * scale,
  };
}

function darken(values: Float32Array, { width, height }: Size, zero: number, shadow: Rectangle): void {
  const part = zero === black ? brightness : brightness * saturation;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x + 1 > shadow.left && x < shadow.right && y + 1 > shadow.top && y < shadow.bottom;
      const at = y * width + x;
      values[at] = zero + ((values[at] as number) - zero) * part * (inside ? 1 - shadowOpacity : 1);
    }
  }
}

/** Gaussian weights at the positions of enlarged pixels: rows first, then columns. */
function blurInto(out: Plane, values: Float32Array, size: Size, sigma: number, memory: DrawingMemory): void {
  const rows = memory.floatsForShot(out.width * size.height);
  const across = weightsOf(out.width, size.width, sigma, memory);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < out.width; x++) rows[y * out.width + x] = weighted(values, y * size.width, across, x);
  }
  const { taps, index, weight } = weightsOf(out.height, size.height, sigma, memory);
  // Row by row, in the order of memory.
  const sums = memory.floatsForShot(out.width);
  for (let y = 0; y < out.height; y++) {
    sums.fill(0);
    for (let tap = y * taps; tap < (y + 1) * taps; tap++) {
      const start = (index[tap] as number) * out.width;
      const part = weight[tap] as number;
      for (let x = 0; x < sums.length; x++)
        sums[x] = (sums[x] as number) + (rows[start + x] as number) * part;
    }
    const end = y * out.stride + out.width;
    for (let x = 0; x < sums.length; x++) out.data[end - out.width + x] = Math.round(sums[x] as number);
    out.data.fill(out.data[end - 1] as number, end, (y + 1) * out.stride);
  }
}

interface Weights {
  taps: number;
  /** For each pixel and tap: the position that is read, and its weight. */
  index: Int32Array;
  weight: Float32Array;
}

function weightsOf(outSize: number, inSize: number, sigma: number, memory: DrawingMemory): Weights {
  const reach = Math.ceil(2.5 * sigma);
  const taps = 2 * reach + 1;
  const index = memory.integersForShot(outSize * taps);
  const weight = memory.floatsForShot(outSize * taps);
  for (let pixel = 0; pixel < outSize; pixel++) {
    const centre = ((pixel + 0.5) * inSize) / outSize - 0.5;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const place = Math.round(centre) + tap - reach;
      const one = Math.exp(-((place - centre) ** 2) / (2 * sigma * sigma));
      index[pixel * taps + tap] = Math.max(0, Math.min(inSize - 1, place));
      weight[pixel * taps + tap] = one;
      sum += one;
    }
    for (let tap = 0; tap < taps; tap++)
      weight[pixel * taps + tap] = (weight[pixel * taps + tap] as number) / sum;
  }
  return { taps, index, weight };
}

function weighted(
  values: Float32Array,
  start: number,
  { taps, index, weight }: Weights,
  pixel: number,
): number {
  let sum = 0;
  for (let at = pixel * taps; at < (pixel + 1) * taps; at++) {
    sum += (values[start + (index[at] as number)] as number) * (weight[at] as number);
  }
  return sum;
}
