import type { Box } from '../../domain/page.ts';
import { readingOrder } from './reading-order.ts';

const box = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h });
const grid = [box(0, 0, 48, 48), box(52, 0, 48, 48), box(0, 52, 48, 48), box(52, 52, 48, 48)];

describe('reading order', () => {
  test('goes row by row from the left in Western comics', () => {
    expect(readingOrder(grid, 'ltr')).toEqual([0, 1, 2, 3]);
  });

  test('goes row by row from the right in manga', () => {
    expect(readingOrder(grid, 'rtl')).toEqual([1, 0, 3, 2]);
  });

  test('reads a tall panel before the two beside it', () => {
    const boxes = [box(0, 52, 40, 48), box(44, 0, 56, 100), box(0, 0, 40, 48)];
    expect(readingOrder(boxes, 'rtl')).toEqual([1, 2, 0]);
  });

  test('tolerates rows with uneven edges', () => {
    const boxes = [box(0, 0, 48, 55), box(52, 0, 48, 45), box(0, 58, 48, 42), box(52, 48, 48, 52)];
    expect(readingOrder(boxes, 'ltr')).toEqual([0, 1, 2, 3]);
  });

  test('tolerates boxes that overlap because their gutter is slanted', () => {
    expect(readingOrder([box(40, 0, 60, 50), box(0, 0, 55, 50), box(0, 55, 100, 45)], 'ltr')).toEqual([
      1, 0, 2,
    ]);
  });

  test('reads an inset right after the panel around it', () => {
    expect(readingOrder([box(0, 60, 100, 40), box(60, 10, 30, 20), box(0, 0, 100, 55)], 'ltr')).toEqual([
      2, 1, 0,
    ]);
  });

  test('reads the halves of a double page one after the other', () => {
    const spread = [box(0, 0, 90, 45), box(0, 55, 90, 45), box(110, 0, 90, 45), box(110, 55, 90, 45)];
    expect(readingOrder(spread, 'rtl', { width: 200, height: 100 })).toEqual([2, 3, 0, 1]);
    expect(readingOrder(spread, 'ltr', { width: 200, height: 100 })).toEqual([0, 1, 2, 3]);
  });

  test('is a permutation whatever the boxes', () => {
    let state = 3;
    const next = (n: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state % n;
    };
    for (let round = 0; round < 200; round++) {
      const boxes = Array.from({ length: next(12) }, () =>
        box(next(90), next(90), 1 + next(60), 1 + next(60)),
      );
      for (const direction of ['ltr', 'rtl', 'ttb'] as const) {
        const order = readingOrder(boxes, direction, { width: 150, height: 100 });
        expect([...order].sort((a, b) => a - b)).toEqual(boxes.map((_, i) => i));
      }
    }
  });
});
