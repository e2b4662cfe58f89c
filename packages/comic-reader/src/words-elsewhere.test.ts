import { couldBeSpeech, foreignWord, rowElsewhere } from './words-elsewhere.ts';

/** A row of 24 pixels with room for 20 letters, the usual height, and a line that ends before it. */
const row = { x: 100, y: 100, w: 300, h: 24, letters: 20 };
const before = { ...row, x: 20, w: 70 };
const below = { ...row, y: 300 };

/** One reading of a row: words and their confidences. */
const read = (...words: [string, number][]) => words.map(([text, confidence]) => ({ text, confidence }));

describe('words of a row that nothing else read', () => {
  test('are the syllables that Vietnamese has, of the reading with most of them', () => {
    const readings = [
      read(['đó', 91], ['cô', 20]),
      read(['đó,', 91], ['cô', 96], ['bqe', 88], ['LÀ/TÔI', 75]),
    ];
    expect(rowElsewhere(row, readings, [below], 24)).toEqual({
      ...{ x: 100, y: 100, w: 300, h: 24 },
      ...{ text: 'đó, cô bqe LÀ/TÔI', confidence: 75, words: 4, letters: 9, size: 1, partOf: null },
    });
  });

  test('are part of the line beside them', () => {
    expect(rowElsewhere(row, [read(['đường', 75])], [below, before], 24)).toMatchObject({
      words: 1,
      partOf: before,
    });
  });

  test('are larger than the usual line if their row is higher', () => {
    expect(rowElsewhere(row, [read(['đường', 85])], [], 12)).toMatchObject({ size: 2 });
  });

  test('are none if they are uncertain, single letters, no syllables, or a noise', () => {
    const none = [
      read(['cô', 84]),
      read(['y', 93], ['a', 91]),
      read(['RẦH', 91]),
      read(['rầm', 94], ['rầm!', 91]),
    ];
    for (const reading of none) expect(rowElsewhere(row, [reading], [], 24)).toBeNull();
    expect(rowElsewhere(row, [], [], 24)).toBeNull();
  });
});

describe('a row without Vietnamese words', () => {
  test('is in another language if it has a word that is longer than any Vietnamese one', () => {
    expect(foreignWord([read(['Ôbehofce.org', 52]), read(['OpenOffice.org', 90])])?.text).toBe(
      'OpenOffice.org',
    );
    expect(foreignWord([read(['mộtchiếcxe', 60], ['nghiêng', 95])])).toBeUndefined();
  });

  test('could be speech if letters fill it', () => {
    const letters = [read(['zKhôngZchỉ:có;tiếng)', 47]), read(['sKhông”chi:cóztiếng:', 0])];
    expect(couldBeSpeech(row, letters, 24)).toBe(true);
    expect(couldBeSpeech(row, letters, 60)).toBe(false);
    expect(couldBeSpeech({ ...row, letters: 7 }, letters, 24)).toBe(false);
  });

  test('is a sign in another script, or art, if few of its marks are letters', () => {
    const japanese = [read(['X(Ê#', 0], ['#2', 21], ['tk)', 0]), read(['34:', 3], ['zz', 49], ['ấ', 0])];
    expect(couldBeSpeech(row, japanese, 24)).toBe(false);
    expect(couldBeSpeech(row, [read(['Th', 40]), []], 24)).toBe(false);
    expect(couldBeSpeech(row, [[], []], 24)).toBe(false);
  });
});
