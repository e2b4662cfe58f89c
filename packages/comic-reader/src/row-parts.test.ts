import { partsWithout } from './row-parts.ts';

const row = { x: 100, y: 50, w: 200, h: 20, letters: 20 };

describe('a row that looks like lettering', () => {
  test('is one part without lines that were read', () => {
    expect(partsWithout(row, [])).toEqual([row]);
  });

  test('has no part left under a line that was read, except for a mark at its end', () => {
    expect(partsWithout(row, [{ x: 95, y: 46, w: 190, h: 22 }])).toEqual([]);
  });

  test('has the parts that two lines leave at its start and between them', () => {
    const lines = [
      { x: 140, y: 50, w: 60, h: 20 },
      { x: 250, y: 52, w: 60, h: 18 },
    ];
    expect(partsWithout(row, lines)).toEqual([
      { ...row, w: 40, letters: 4 },
      { ...row, x: 200, w: 50, letters: 5 },
    ]);
  });

  test('is not covered by the lines above and below it', () => {
    const lines = [
      { ...row, y: 24 },
      { ...row, y: 76 },
    ];
    expect(partsWithout(row, lines)).toEqual([row]);
  });

  test('of marks over a line is covered by the line', () => {
    expect(partsWithout({ ...row, y: 42, h: 8 }, [{ ...row, y: 52 }])).toEqual([]);
  });
});
