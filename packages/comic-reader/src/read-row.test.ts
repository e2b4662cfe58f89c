import { readRow } from './read-row.ts';

/** Returns first readings of a row, each a text of words and their confidences. */
const readings = (...texts: [string, number][][]) => ({
  first: texts.map((words) => ({
    width: 100,
    height: 40,
    lines: [words.map(([text, confidence]) => ({ text, confidence, box: { x: 0, y: 0, w: 9, h: 9 } }))],
  })),
});

describe('a row that looks like lettering by its texture', () => {
  test('says the Vietnamese words of its better reading, also where marks join them', () => {
    const read = readings(
      [
        ['8a', 91],
        ['năm', 96],
        ['sau', 27],
      ],
      [
        ['Ba', 95],
        ['năm', 96],
        ['sau', 96],
      ],
    );
    expect(readRow(read)).toEqual({ words: 3 });
    expect(
      readRow(
        readings([
          ['SAO', 90],
          ['LÀ/TÔI', 75],
        ]),
      ),
    ).toEqual({ words: 3 });
  });

  test('says a single word if it is a part of a row whose other words were read', () => {
    const read = readings([['trưởng', 88]]);
    expect(readRow(read)).toBeNull();
    expect(readRow(read, true)).toEqual({ words: 1 });
  });

  test('is in another language if it has a word that is longer than any Vietnamese one', () => {
    const read = readings([['Ôbehofce.org', 52]], [['OpenOffice.org', 90]]);
    expect(readRow(read)).toEqual({ other: 'OpenOffice.org', confidence: 90 });
    expect(readRow(readings([['mộtchiếcxe', 60]]))).toBeNull();
  });

  test('is unclear if what was read in it is uncertain, or a single syllable', () => {
    expect(
      readRow(
        readings(
          [
            ['&5', 60],
            ['Quy0', 0],
            ['mẹ', 41],
          ],
          [['Z80', 47]],
        ),
      ),
    ).toBeNull();
    expect(readRow(readings([], [['la', 60]]))).toBeNull();
  });
});
