import { type Mark, rowsOfPieces } from './row-marks.ts';

const rows = [
  { x: 0, y: 20, w: 100, h: 30 },
  { x: 0, y: 72, w: 100, h: 30 },
];
const letters = [
  { x: 10, y: 20, w: 20, h: 30, area: 300, elongation: 1 },
  { x: 60, y: 20, w: 20, h: 30, area: 300, elongation: 1 },
  { x: 10, y: 72, w: 20, h: 30, area: 300, elongation: 1 },
  { x: 60, y: 72, w: 20, h: 30, area: 300, elongation: 1 },
];
const round = { w: 5, h: 5, area: 22, elongation: 1.1 };
const ownerOf = (...marks: Mark[]) => rowsOfPieces([...letters, ...marks], rows, 30).slice(letters.length);

describe('the row of a mark between two rows', () => {
  test('is the lower one for accents, even if they nearly touch the upper one', () => {
    const circumflex = { x: 12, y: 60, w: 16, h: 8, area: 50, elongation: 2 };
    const acute = { x: 22, y: 52, w: 8, h: 8, area: 26, elongation: 2 };
    expect(ownerOf(circumflex, acute)).toEqual([1, 1]);
  });

  test('is that of the nearer letter for a dot', () => {
    expect(ownerOf({ ...round, x: 18, y: 53 })).toEqual([0]);
    expect(ownerOf({ ...round, x: 18, y: 64 })).toEqual([1]);
  });

  test('is the lower one for a short slanted stroke, which fills its box like a dot and is nearer to the letter above', () => {
    expect(ownerOf({ x: 18, y: 53, w: 6, h: 6, area: 24, elongation: 1.8 })).toEqual([1]);
  });

  test('is that of the letter above for a dot under its middle, even if an accent of the letter below is nearer', () => {
    const accented = { x: 10, y: 60, w: 20, h: 42, area: 400, elongation: 1 };
    const dot = { ...round, x: 18, y: 54 };
    const owners = rowsOfPieces(
      [...letters.filter(({ x, y }) => x !== 10 || y !== 72), accented, dot],
      rows,
      30,
    );
    expect(owners.at(-1)).toBe(0);
  });

  test('is the upper one for a comma, which begins on its baseline', () => {
    expect(ownerOf({ x: 40, y: 44, w: 5, h: 12, area: 40, elongation: 2.4 })).toEqual([0]);
  });
});
