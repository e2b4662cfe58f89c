import type { Size } from '../shots/shot.ts';

/**
 * A picture in the encoder's format: 8-bit Y, U and V of BT.709 in video range, chroma at half size. One buffer contains
 * the three planes; a row takes `stride` bytes.
 */
export interface Plane {
  data: Uint8Array;
  width: number;
  height: number;
  stride: number;
}

export interface Planes {
  width: number;
  height: number;
  bytes: Uint8Array;
  planes: readonly [Plane, Plane, Plane];
}

/** Luma pixels for each chroma pixel, in both directions. */
export type ChromaStep = 1 | 2;
export type Allocate = (size: number) => Uint8Array;
const onHeap: Allocate = (size) => new Uint8Array(size);

/** Each row is followed by at least `padding` bytes; chroma has one pixel for each `step` of luma in both directions. */
function allocatePlanes(
  { width, height }: Size,
  padding: number,
  step: ChromaStep,
  allocate: Allocate,
): Planes {
  const chroma = [Math.ceil(width / step), Math.ceil(height / step)] as const;
  const size = [[width, height], chroma, chroma] as const;
  const strides = size.map(([w]) => (padding === 0 ? w : Math.ceil((w + padding) / 4) * 4));
  const lengths = size.map(([, h], index) => (strides[index] ?? 0) * h);
  const bytes = allocate(lengths.reduce((sum, length) => sum + length, 0));
  let offset = 0;
  const plane = (index: 0 | 1 | 2): Plane => {
    const [w, h] = size[index];
    const length = lengths[index] ?? 0;
    const data = bytes.subarray(offset, offset + length);
    offset += length;
    return { data, width: w, height: h, stride: strides[index] ?? w };
  };
  return { width, height, bytes, planes: [plane(0), plane(1), plane(2)] };
}

/** A frame for the encoder: without padding, so its bytes are yuv420p. Of even size. */
export const allocateFrame = (width: number, height: number, allocate = onHeap) =>
  allocatePlanes({ width, height }, 0, 2, allocate);

/** A picture to draw from: the sampler reads slightly beyond its rows. Of even size. */
export const allocatePicture = (width: number, height: number, allocate = onHeap) =>
  allocatePlanes({ width, height }, 1, 2, allocate);

/**
 * Converts 8-bit RGB (three bytes a pixel) to padded planes. Integer BT.709 in 16.16: the coefficients are
 * Rec. ITU-R BT.709-6, scaled to 219 steps of luma and 224 of chroma.
 */
export function planesFromRgb(
  rgb: Uint8Array,
  { width, height }: Size,
  allocate: Allocate = onHeap,
  chromaStep: ChromaStep = 2,
): Planes {
  const picture = allocatePlanes({ width, height }, 1, chromaStep, allocate);
  lumaFromRgb(rgb, picture.planes[0]);
  if (chromaStep === 1) chromaOfPixels(rgb, picture);
  else chromaOfSquares(rgb, picture);
  for (const plane of picture.planes) repeatLastColumn(plane);
  return picture;
}

function lumaFromRgb(rgb: Uint8Array, { data, width, height, stride }: Plane): void {
  let at = 0;
  for (let y = 0; y < height; y++) {
    const end = y * stride + width;
    for (let pixel = y * stride; pixel < end; pixel++, at += 3) {
      const r = rgb[at] as number;
      const g = rgb[at + 1] as number;
      const b = rgb[at + 2] as number;
      data[pixel] = (11966 * r + 40254 * g + 4064 * b + 1081344) >> 16;
    }
  }
}

/** Chroma of every pixel. */
function chromaOfPixels(rgb: Uint8Array, { planes: [, u, v] }: Planes): void {
  let at = 0;
  for (let y = 0; y < u.height; y++) {
    const end = y * u.stride + u.width;
    for (let pixel = y * u.stride; pixel < end; pixel++, at += 3) {
      const red = 4 * (rgb[at] as number);
      const green = 4 * (rgb[at + 1] as number);
      const blue = 4 * (rgb[at + 2] as number);
      u.data[pixel] = blueness(red, green, blue);
      v.data[pixel] = redness(red, green, blue);
    }
  }
}

/** Chroma of each four pixels, their mean; at an odd edge the last one counts twice. */
function chromaOfSquares(rgb: Uint8Array, { width, height, planes: [, u, v] }: Planes): void {
  for (let y = 0; y < u.height; y++) {
    const upper = y * 2 * width * 3;
    const lower = Math.min(y * 2 + 1, height - 1) * width * 3;
    for (let x = 0; x < u.width; x++) {
      const left = x * 6;
      const right = Math.min(x * 2 + 1, width - 1) * 3;
      const red = four(rgb, upper, lower, left, right);
      const green = four(rgb, upper + 1, lower + 1, left, right);
      const blue = four(rgb, upper + 2, lower + 2, left, right);
      u.data[y * u.stride + x] = blueness(red, green, blue);
      v.data[y * v.stride + x] = redness(red, green, blue);
    }
  }
}

const four = (rgb: Uint8Array, upper: number, lower: number, left: number, right: number): number =>
  (rgb[upper + left] as number) +
  (rgb[upper + right] as number) +
  (rgb[lower + left] as number) +
  (rgb[lower + right] as number);

/** U from the sums of four pixels. */
const blueness = (red: number, green: number, blue: number): number =>
  (-6596 * red - 22189 * green + 28784 * blue + 33685504) >> 18;
/** V from the sums of four pixels. */
const redness = (red: number, green: number, blue: number): number =>
  (28784 * red - 26145 * green - 2639 * blue + 33685504) >> 18;

/** The sampler reads one pixel beyond the last. */
export function repeatLastColumn({ data, width, height, stride }: Plane): void {
  for (let y = 0; y < height; y++) {
    const end = y * stride + width;
    data.fill(data[end - 1] as number, end, (y + 1) * stride);
  }
}
