import { emptyRaster, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { hasSeam } from './seams.ts';

const whole: Box = { x: 0, y: 0, w: 300, h: 400 };
const upper: Box = { ...whole, h: 170 };
const lower: Box = { ...whole, y: 170, h: 230 };
const least = 24;

type Levels = readonly [dark: number, light: number];

/** Fills a box with soft shapes between two levels of grey. */
function draw(page: Raster, { x, y, w, h }: Box, [dark, light]: Levels): void {
  for (let row = y; row < y + h; row++)
    for (let column = x; column < x + w; column++) {
      const wave = 2 + Math.sin(column / 19 + row / 23) + Math.sin(column / 11 - row / 17);
      const at = 3 * (row * page.width + column);
      page.data.fill(dark + ((light - dark) * wave) / 4, at, at + 3);
    }
}

/** Draws pictures of different brightness in turn. */
const pageOf = (...drawn: readonly Box[]): Raster => {
  const page = emptyRaster(300, 400, 3);
  for (const [i, box] of drawn.entries()) draw(page, box, i % 2 === 0 ? [20, 110] : [150, 240]);
  return page;
};
const isFound = (page: Raster, panels: readonly Box[] = [whole]) => hasSeam(page, panels, least);

describe('pictures that meet without a gutter', () => {
  test.each([
    ['one above the other', [upper, lower]],
    [
      'side by side',
      [
        { ...whole, w: 130 },
        { ...whole, x: 130, w: 170 },
      ],
    ],
  ])('are found %s', (_, boxes) => {
    expect(isFound(pageOf(...boxes))).toBe(true);
  });

  test('are found with a line between them', () => {
    const page = pageOf(upper, lower);
    page.data.fill(20, 3 * 300 * 168, 3 * 300 * 172);
    expect(isFound(page)).toBe(true);
  });
});

describe('one picture', () => {
  test('can have an edge that something is in front of', () => {
    const page = pageOf(upper, lower);
    draw(page, { x: 120, y: 130, w: 60, h: 120 }, [110, 130]);
    expect(isFound(page)).toBe(false);
  });

  test('can have a line from side to side, as the edge of a table', () => {
    const page = pageOf(whole);
    page.data.fill(0, 3 * 300 * 168, 3 * 300 * 172);
    expect(isFound(page)).toBe(false);
  });

  test('can have a caption from side to side', () => {
    const page = pageOf(whole);
    page.data.fill(245, 0, 3 * 300 * 60);
    for (let y = 22; y < 38; y += 4) page.data.fill(20, 3 * (300 * y + 60), 3 * (300 * y + 240));
    expect(isFound(page)).toBe(false);
  });

  test('can be a texture, or a floor of squares', () => {
    const rows = (high: number) =>
      Array.from({ length: Math.ceil(400 / high) }, (_, i) => ({
        ...whole,
        y: i * high,
        h: Math.min(high, 400 - i * high),
      }));
    expect(isFound(pageOf(...rows(9)))).toBe(false);
    expect(isFound(pageOf(...rows(40)))).toBe(false);
  });

  test('can have panels on it, whose frames are like seams', () => {
    expect(isFound(pageOf(upper, lower), [whole, upper])).toBe(false);
  });
});
