import { orderDoubt } from './order-doubt.ts';
import type { Box } from './page/page.ts';
import type { PageLayout } from './told-order.ts';

const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });
const page = { width: 1000, height: 1400 };
const doubtOf = (panels: Box[], over: Partial<PageLayout> = {}) =>
  orderDoubt({ panels, bubbles: [], direction: 'ltr', page, ...over });
const grid = [box(20, 20, 470, 670), box(510, 20, 470, 670), box(20, 710, 470, 670), box(510, 710, 470, 670)];

test('a page has the same doubt each time', () => {
  const ragged = [
    box(20, 20, 470, 640),
    box(510, 20, 470, 780),
    box(20, 680, 470, 700),
    box(510, 820, 470, 560),
  ];
  expect(doubtOf(ragged)).toBe(doubtOf(ragged));
});

describe('the order of panels', () => {
  test('is certain in a grid, however its boxes move', () => {
    expect(doubtOf(grid)).toBe(0);
    expect(doubtOf(grid, { direction: 'rtl' })).toBe(0);
  });

  test('is the more doubtful the more ragged rows are', () => {
    const [even, uneven, ragged] = [0, 60, 130].map((by) =>
      doubtOf([
        box(20, 20, 470, 670),
        box(510, 20, 470, 670 + by),
        box(20, 710, 470, 670),
        box(510, 710 + by, 470, 670 - by),
      ]),
    ) as [number, number, number];
    expect(even).toBe(0);
    expect(uneven).toBeLessThan(ragged);
    // 3,000 layouts instead of 48 give 0.22.
    expect(ragged).toBeCloseTo(0.22, 1);
  });

  test('is certain if a tall panel allows only one', () => {
    const tall = [box(20, 710, 400, 670), box(440, 20, 540, 1360), box(20, 20, 400, 670)];
    expect(doubtOf(tall, { direction: 'rtl' })).toBe(0);
  });
});

describe('the order of bubbles', () => {
  const whole = [box(0, 0, 1000, 1400)];

  test('is certain if rows and columns agree, and nearly certain if one of them is far ahead', () => {
    expect(doubtOf(whole, { bubbles: [box(60, 40, 100, 60), box(500, 900, 100, 60)] })).toBe(0);
    const question = [box(700, 40, 100, 60), box(650, 110, 100, 60), box(600, 190, 100, 60)];
    const answer = [box(60, 20, 100, 60), box(120, 100, 100, 60)];
    // 3,000 layouts give 0.1.
    expect(doubtOf(whole, { bubbles: [...question, ...answer], direction: 'rtl' })).toBeCloseTo(0.1, 1);
  });

  test('is doubtful if rows are hardly far enough apart to be read before columns', () => {
    const rows = (apart: number) =>
      [40, 40 + 60 + apart].flatMap((y) => [box(60, y, 100, 60), box(260, y, 100, 60)]);
    expect(doubtOf(whole, { bubbles: rows(46), direction: 'rtl' })).toBeGreaterThan(0.25);
    expect(doubtOf(whole, { bubbles: rows(200), direction: 'rtl' })).toBe(0);
  });

  test('is doubtful if a bubble could belong to the panel before or after', () => {
    const across = [box(560, 100, 200, 100), box(400, 200, 200, 100)];
    expect(doubtOf(grid, { bubbles: across })).toBeGreaterThan(0.1);
  });
});
