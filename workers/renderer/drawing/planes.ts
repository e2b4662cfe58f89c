/**
 * A picture as the encoder takes it: 8-bit Y, U and V of BT.709 in video range, chroma at half size. One buffer holds
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

export type Allocate = (size: number) => Uint8Array;
const onHeap: Allocate = (size) => new Uint8Array(size);

/** Room for a picture of even size. `padding` bytes at least stand behind each row. */
function allocatePlanes(width: number, height: number, padding: number, allocate: Allocate): Planes {
  const size = [
    [width, height],
    [width / 2, height / 2],
    [width / 2, height / 2],
  ] as const;
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

/** A frame for the encoder: no padding, so its bytes are what yuv420p means. */
export const allocateFrame = (width: number, height: number, allocate = onHeap) =>
  allocatePlanes(width, height, 0, allocate);

/** A picture to draw from: the sampler reads a little beyond its rows. */
export const allocatePicture = (width: number, height: number, allocate = onHeap) =>
  allocatePlanes(width, height, 1, allocate);

/**
 * Converts 8-bit RGB (three bytes a pixel, even width and height) to padded planes. Integer BT.709 in 16.16: the
 * coefficients are Rec. ITU-R BT.709-6, scaled to 219 steps of luma and 224 of chroma.
 */
export function planesFromRgb(
  rgb: Uint8Array,
  width: number,
  height: number,
  allocate: Allocate = onHeap,
): Planes {
  const picture = allocatePicture(width, height, allocate);
  const [luma, u, v] = picture.planes;
  const rowBytes = width * 3;
  for (let y = 0; y < height; y += 2) {
    let at = y * rowBytes;
    let lumaAt = y * luma.stride;
    const chromaAt = (y / 2) * u.stride;
    for (let x = 0; x < width; x += 2, at += 6, lumaAt += 2) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = 0; row < 2; row++) {
        for (let column = 0; column < 2; column++) {
          const pixel = at + row * rowBytes + column * 3;
          const r = rgb[pixel] as number;
          const g = rgb[pixel + 1] as number;
          const b = rgb[pixel + 2] as number;
          luma.data[lumaAt + row * luma.stride + column] = (11966 * r + 40254 * g + 4064 * b + 1081344) >> 16;
          red += r;
          green += g;
          blue += b;
        }
      }
      u.data[chromaAt + x / 2] = (-6596 * red - 22189 * green + 28784 * blue + 33685504) >> 18;
      v.data[chromaAt + x / 2] = (28784 * red - 26145 * green - 2639 * blue + 33685504) >> 18;
    }
  }
  for (const plane of picture.planes) repeatLastColumn(plane);
  return picture;
}

/** The sampler reads one pixel beyond the last. */
function repeatLastColumn({ data, width, height, stride }: Plane): void {
  for (let y = 0; y < height; y++) {
    const end = y * stride + width;
    data.fill(data[end - 1] as number, end, (y + 1) * stride);
  }
}
