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

  test('is doubtful if panels surround another one, so that no line separates them', () => {
    const around = [
      box(20, 20, 640, 400),
      box(680, 20, 300, 940),
      box(340, 980, 640, 400),
      box(20, 440, 300, 940),
      box(340, 440, 320, 520),
    ];
    expect(doubtOf(around)).toBeGreaterThan(0.5);
    expect(doubtOf(around, { direction: 'rtl' })).toBeGreaterThan(0.5);
  });

  test('is certain in a row with slanted gutters, whose boxes overlap', () => {
    const slanted = [
      box(20, 20, 420, 400),
      box(300, 20, 440, 400),
      box(600, 20, 380, 400),
      box(20, 440, 960, 900),
    ];
    expect(doubtOf(slanted)).toBe(0);
  });
});

describe('the order of bubbles', () => {
  const whole = [box(0, 0, 1000, 1400)];
  /** Two lines of lettering, 100 × 60 pixels, with the number of letters that such lines have. */
  const bubble = (x: number, y: number) => ({ ...box(x, y, 100, 60), text: 'a'.repeat(13) });

  test('is certain if rows and columns agree, and if balloons leave no band between rows', () => {
    expect(doubtOf(whole, { bubbles: [bubble(60, 40), bubble(500, 900)] })).toBe(0);
    const question = [bubble(700, 40), bubble(650, 110), bubble(600, 190)];
    const answer = [bubble(60, 20), bubble(120, 100)];
    expect(doubtOf(whole, { bubbles: [...question, ...answer], direction: 'rtl' })).toBe(0);
  });

  test('is doubtful if rows are hardly far enough apart to be read before columns', () => {
    const rows = (apart: number) => [40, 40 + 60 + apart].flatMap((y) => [bubble(60, y), bubble(260, y)]);
    expect(doubtOf(whole, { bubbles: rows(77), direction: 'rtl' })).toBeGreaterThan(0.2);
    expect(doubtOf(whole, { bubbles: rows(200), direction: 'rtl' })).toBe(0);
  });

  test('is doubtful if a bubble could belong to the panel before or after', () => {
    const across = [box(560, 100, 200, 100), box(400, 200, 200, 100)].map((of) => ({
      ...of,
      text: 'a'.repeat(40),
    }));
    expect(doubtOf(grid, { bubbles: across })).toBeGreaterThan(0.1);
  });
});
