import { emptyRaster } from '../image/raster.ts';
import { isCovered, isVisible } from './shared-lines.ts';

const line = { x: 10, y: 20, along: [1, 0], out: [0, -1], length: 80 } as const;

/** White paper with a black line, and black art on both sides of it from a column on. */
function drawn(artFrom: number) {
  const page = emptyRaster(100, 40, 3);
  page.data.fill(255);
  for (let y = 0; y < 40; y++) {
    const from = Math.abs(y - line.y) <= 1 ? line.x : artFrom;
    page.data.fill(0, 3 * (y * 100 + from), 3 * (y * 100 + 90));
  }
  return page;
}

test('a line on paper is visible', () => {
  expect(isVisible(drawn(90), line)).toBe(true);
});

test('a line is not visible if its second half runs through black art', () => {
  expect(isVisible(drawn(52), line)).toBe(false);
});

/** White paper with a black line, and black art between two columns above it and between two below it. */
function drawnBetween(above: readonly [number, number], below: readonly [number, number]) {
  const page = drawn(90);
  for (let y = 0; y < 40; y++) {
    const [from, to] = y < line.y ? above : below;
    page.data.fill(0, 3 * (y * 100 + from), 3 * (y * 100 + to));
  }
  return page;
}

test('a person in front of a line covers it: they begin and end at the same places on both sides', () => {
  expect(isCovered(drawnBetween([34, 66], [32, 68]), line)).toBe(true);
});

test('dark art of two pictures meets at the line that they share, and ends at different places', () => {
  expect(isCovered(drawnBetween([20, 62], [34, 80]), line)).toBe(false);
});
