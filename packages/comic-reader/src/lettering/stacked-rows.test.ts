import { stackedRows } from './stacked-rows.ts';

const row = (y: number, count: number, x = 0) =>
  Array.from({ length: count }, (_, i) => ({ x: x + 14 * i, y: y + (i % 2), w: 10, h: 12 }));

describe('a group of letters', () => {
  test('is two rows if a letter with an accent above it touches one of the row above', () => {
    const joining = { x: 42, y: 100, w: 10, h: 28 };
    const upper = row(100, 8).filter(({ x }) => x !== 42);
    const lower = row(116, 8).filter(({ x }) => x !== 42);
    const rows = stackedRows([...upper, joining, ...lower], 12);
    expect(rows.map(({ length }) => length).sort()).toEqual([7, 8]);
    expect(rows.find((letters) => letters.includes(joining))).toHaveLength(8);
  });

  test('is one row if it rises evenly', () => {
    const rising = Array.from({ length: 12 }, (_, i) => ({ x: 14 * i, y: 100 - 3 * i, w: 10, h: 12 }));
    expect(stackedRows(rising, 12)).toHaveLength(1);
  });

  test('is one row if only a mark is above or below it', () => {
    const marks = [
      { x: 28, y: 92, w: 6, h: 5 },
      { x: 56, y: 116, w: 4, h: 4 },
    ];
    expect(stackedRows([...row(100, 8), ...marks], 12)).toHaveLength(1);
  });

  test('stays as it is if it has as many rows as a texture', () => {
    const texture = Array.from({ length: 30 }, (_, i) => row(20 * i, 8)).flat();
    expect(stackedRows(texture, 12)).toHaveLength(1);
  });
});
