import { emptyRaster } from '../image/raster.ts';
import { isVisible } from './shared-lines.ts';

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
