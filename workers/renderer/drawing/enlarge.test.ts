import { DrawingMemory } from './drawing-memory.ts';
import { enlarge } from './enlarge.ts';
import { allocatePicture, type Plane, planesFromRgb } from './planes.ts';

type Colour = (x: number, y: number) => readonly [number, number, number];

/** Art of the given size, enlarged; with a `chromaStep` of 1, chroma has the size of luma. */
function enlarged(from: [number, number], to: [number, number], colour: Colour, chromaStep: 1 | 2 = 2) {
  const memory = new DrawingMemory();
  const [width, height] = from;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgb.set(colour(x, y), (y * width + x) * 3);
  const art = planesFromRgb(rgb, { width, height }, memory.allocateForShot, chromaStep);
  const out = allocatePicture(...to, memory.allocateForShot);
  enlarge(art, out, memory);
  return { art, out };
}

const grey = (value: number) => [value, value, value] as const;
const at = ({ data, stride }: Plane, x: number, y: number) => data[y * stride + x] as number;

/** The same by the definition, slow and in floating point. */
function expected(source: Plane, size: { width: number; height: number }, x: number, y: number): number {
  const cubic = (d: number) =>
    d < 1 ? 1.5 * d ** 3 - 2.5 * d ** 2 + 1 : d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0;
  const place = (pixel: number, from: number, to: number) =>
    Math.max(0, Math.min(from - 1, ((pixel + 0.5) * from) / to - 0.5));
  const [px, py] = [place(x, source.width, size.width), place(y, source.height, size.height)];
  const held = (value: number, most: number) => Math.max(0, Math.min(most - 1, value));
  let sum = 0;
  for (let row = Math.floor(py) - 1; row < Math.floor(py) + 3; row++)
    for (let column = Math.floor(px) - 1; column < Math.floor(px) + 3; column++)
      sum +=
        at(source, held(column, source.width), held(row, source.height)) *
        cubic(Math.abs(px - column)) *
        cubic(Math.abs(py - row));
  return Math.max(0, Math.min(255, sum));
}

describe('enlarging', () => {
  test.each([
    [
      [40, 30],
      [96, 72],
    ],
    [
      [41, 31],
      [64, 48],
    ],
    [
      [17, 9],
      [18, 10],
    ],
    [
      [3, 2],
      [200, 130],
    ],
    [
      [1, 1],
      [6, 4],
    ],
    [
      [300, 4],
      [1920, 26],
    ],
  ] as [[number, number], [number, number]][])(
    '%j to %j matches the definition of the cubic within one step',
    (from, to) => {
      const noise: Colour = (x, y) => grey(((x * 7919 + y * 104729 + ((x * y) << 3)) % 251) + 2);
      const { art, out } = enlarged(from, to, noise);
      const [luma] = out.planes;
      let worst = 0;
      for (let y = 0; y < luma.height; y++)
        for (let x = 0; x < luma.width; x++)
          worst = Math.max(worst, Math.abs(at(luma, x, y) - expected(art.planes[0], luma, x, y)));
      expect(worst).toBeLessThan(1.2);
    },
  );

  test('keeps an even colour, and repeats the last pixel for the sampler', () => {
    const { art, out } = enlarged([50, 40], [130, 104], () => [200, 40, 90], 1);
    for (const [index, plane] of out.planes.entries()) {
      const value = art.planes[index]?.data[0];
      expect(new Set(plane.data)).toEqual(new Set([value]));
    }
  });

  test('keeps the centre in the centre', () => {
    const { out } = enlarged([21, 15], [64, 46], (x, y) => grey(x === 10 && y === 7 ? 255 : 0));
    const [luma] = out.planes;
    for (let y = 0; y < luma.height; y++)
      for (let x = 0; x < luma.width; x++)
        expect(Math.abs(at(luma, x, y) - at(luma, luma.width - 1 - x, luma.height - 1 - y))).toBeLessThan(2);
  });

  test('keeps the resolution of colours when art is enlarged to twice its size', () => {
    const stripes: Colour = (x) => (x % 2 === 0 ? [255, 0, 0] : [0, 0, 255]);
    const spread = (chromaStep: 1 | 2) => {
      const { out } = enlarged([40, 30], [80, 60], stripes, chromaStep);
      const row = [...out.planes[2].data.subarray(8, 32)];
      return Math.max(...row) - Math.min(...row);
    };
    expect(spread(1)).toBeGreaterThan(100);
    expect(spread(2)).toBeLessThan(5);
  });
});
