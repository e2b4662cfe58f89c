import type { Box } from '../page/page.ts';
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

  test('reads an inset over the edge of two panels after the first of them', () => {
    const boxes = [box(40, 40, 20, 18), box(0, 0, 100, 49), box(0, 51, 100, 49)];
    expect(readingOrder(boxes, 'ltr')).toEqual([1, 0, 2]);
  });

  test('reads a picture across a spread before the pages below it, then one page after the other', () => {
    const halves = [box(110, 40, 85, 28), box(110, 72, 85, 28), box(5, 40, 85, 25), box(5, 69, 85, 31)];
    const spread = [box(5, 0, 190, 36), ...halves];
    expect(readingOrder(spread, 'rtl', { width: 200, height: 100 })).toEqual([0, 1, 2, 3, 4]);
    expect(readingOrder(spread, 'ltr', { width: 200, height: 100 })).toEqual([0, 3, 4, 1, 2]);
  });

  test('reads the rows of a wide screen across its middle, if that is as narrow as any gutter', () => {
    const wide = [0, 52].flatMap((y) => [0, 51, 102, 153].map((x) => box(x, y, 47, 48)));
    expect(readingOrder(wide, 'ltr', { width: 200, height: 100 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  describe('equal panels in two columns', () => {
    const stacks = (rows: number, { across, down }: { across: number; down: number }) =>
      [0, 200 + across].flatMap((x) =>
        Array.from({ length: rows }, (_, row) => box(x, row * (150 + down), 200, 150)),
      );
    const byColumns = [4, 5, 6, 7, 0, 1, 2, 3];
    const byRows = [4, 0, 5, 1, 6, 2, 7, 3];

    test('are 4-koma if the columns are far apart, and read column by column', () => {
      expect(readingOrder(stacks(4, { across: 60, down: 12 }), 'rtl')).toEqual(byColumns);
      expect(readingOrder(stacks(4, { across: 60, down: 12 }), 'ltr')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    test('are 4-koma below a picture over both columns and above another, too', () => {
      const page = stacks(4, { across: 60, down: 12 }).map((b) => ({ ...b, y: b.y + 200 }));
      const around = [box(0, 0, 460, 180), box(0, 850, 460, 100)];
      expect(readingOrder([...page, ...around], 'rtl')).toEqual([8, ...byColumns, 9]);
    });

    test('are rows if the rows are far apart', () => {
      expect(readingOrder(stacks(4, { across: 12, down: 30 }), 'rtl')).toEqual(byRows);
    });

    test('are a Western grid if all gaps are equal, and strips in manga', () => {
      const even = stacks(4, { across: 20, down: 20 });
      expect(readingOrder(even, 'ltr')).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
      expect(readingOrder(even, 'rtl')).toEqual(byColumns);
    });
  });

  test('starts a pinwheel, which no line separates, where reading starts', () => {
    const pinwheel = [
      box(40, 40, 470, 350),
      box(530, 40, 230, 740),
      box(40, 410, 230, 750),
      box(290, 410, 220, 370),
    ];
    expect(readingOrder([...pinwheel, box(290, 800, 470, 360)], 'ltr')).toEqual([0, 1, 2, 3, 4]);
  });

  test('is a permutation for any boxes', () => {
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
