import { label } from '../image/components.ts';
import { emptyMask } from '../image/raster.ts';
import { isConvex } from './convex.ts';

const [width, height] = [400, 300];

/** Returns whether the piece of pixels for which `isDrawn` holds is convex. */
function convexity(isDrawn: (x: number, y: number) => boolean): boolean {
  const mask = emptyMask(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (isDrawn(x, y)) mask.data[y * width + x] = 1;
  const { components, labels } = label(mask);
  const [piece] = components;
  return piece !== undefined && components.length === 1 && isConvex(labels(), width, piece);
}

test('ovals, leaning panels and torn panels are convex', () => {
  expect(convexity((x, y) => ((x - 200) / 150) ** 2 + ((y - 150) / 90) ** 2 <= 1)).toBe(true);
  expect(convexity((x, y) => y >= 10 && y < 290 && x - y / 2 >= 10 && x + y / 4 < 390)).toBe(true);
  const torn = (at: number) => Math.round(4 * Math.abs(Math.sin(at / 6)));
  expect(
    convexity((x, y) => y >= 10 + torn(x) && y < 290 - torn(x) && x >= 10 + torn(y) && x < 390 - torn(y)),
  ).toBe(true);
});

test('a person with a head and shoulders, and an L, are not', () => {
  expect(convexity((x, y) => (y < 150 ? Math.hypot(x - 200, y - 90) < 66 : Math.abs(x - 200) < 135))).toBe(
    false,
  );
  expect(convexity((x, y) => x >= 10 && x < 390 && y >= 10 && y < 290 && (x < 200 || y < 150))).toBe(false);
});
