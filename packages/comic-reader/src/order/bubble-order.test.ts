import type { Box } from '../page/page.ts';
import { grown } from './balloon-boxes.ts';
import { bubbleOrder } from './bubble-order.ts';
import { usual } from './conventions.ts';

const box = (x: number, y: number, w = 100, h = 60): Box => ({ x, y, w, h });

/** Sorts lettering with lines of 30 pixels by the balloons around it. */
const byLettering = (boxes: readonly Box[], direction: 'ltr' | 'rtl') =>
  bubbleOrder(grown(boxes, 30 * usual.margin), direction);

describe('bubbles of a panel, read from the right', () => {
  test('let the right side finish before the left side replies, however high the reply begins', () => {
    const question = [box(700, 40), box(650, 110), box(600, 190)];
    const answer = [box(120, 20), box(60, 100)];
    expect(byLettering([...answer, ...question], 'rtl')).toEqual([2, 3, 4, 0, 1]);
  });

  test('are rows if there is room for another bubble between them', () => {
    expect(bubbleOrder([box(500, 300), box(60, 30), box(520, 40), box(80, 320)], 'rtl')).toEqual([
      2, 1, 0, 3,
    ]);
  });

  test('are one row if their balloons overlap in height, however high the left one begins', () => {
    expect(byLettering([box(205, 210, 249, 23), box(742, 281, 257, 50)], 'rtl')).toEqual([1, 0]);
  });

  test('go down if they are above each other', () => {
    expect(bubbleOrder([box(50, 200), box(90, 130), box(70, 50)], 'rtl')).toEqual([2, 1, 0]);
  });
});

describe('bubbles of a panel, read from the left', () => {
  test('are rows first', () => {
    expect(bubbleOrder([box(60, 120), box(500, 40), box(70, 300)], 'ltr')).toEqual([1, 0, 2]);
  });

  test('follow a row whose bubbles are not quite level', () => {
    expect(bubbleOrder([box(500, 40), box(60, 75)], 'ltr')).toEqual([1, 0]);
  });

  test('are one row if their balloons overlap in height, even if their lettering does not', () => {
    expect(byLettering([box(582, 116, 88, 26), box(158, 159, 103, 26)], 'ltr')).toEqual([1, 0]);
  });

  test('are one row if high and low ones take turns', () => {
    const row = [box(131, 24, 126, 82), box(395, 85, 141, 21), box(668, 27, 134, 76), box(937, 88, 134, 27)];
    expect(bubbleOrder(row, 'ltr')).toEqual([0, 1, 2, 3]);
  });

  test('are rows if there is room between them, however wide they are', () => {
    const rows = [box(60, 40), box(900, 50), box(70, 150), box(910, 160)];
    expect(bubbleOrder(rows, 'ltr')).toEqual([0, 1, 2, 3]);
  });
});

test('every bubble comes once, for any boxes', () => {
  let state = 5;
  const next = (n: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % n;
  };
  for (let round = 0; round < 200; round++) {
    const boxes = Array.from({ length: next(9) }, () => box(next(90), next(90), 1 + next(60), 1 + next(60)));
    for (const direction of ['ltr', 'rtl', 'ttb'] as const)
      expect(bubbleOrder(boxes, direction).sort((a, b) => a - b)).toEqual(boxes.map((_, i) => i));
  }
});
