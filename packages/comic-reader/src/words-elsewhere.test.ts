import { rowsElsewhere } from './words-elsewhere.ts';

/** Returns words of a line, 12 pixels apart and 24 high. */
const read = (y: number, ...texts: [string, number][]) =>
  texts.map(([text, confidence], i) => ({ text, confidence, box: { x: 100 + 72 * i, y, w: 60, h: 24 } }));
const line = { x: 96, y: 296, w: 300, h: 32 };

describe('words that were read on the whole page', () => {
  test('are a row if they are side by side where no line was read', () => {
    const words = read(100, ['đó,', 91], ['cô', 96], ['bé', 96]);
    expect(rowsElsewhere(words, [line])).toEqual([
      {
        x: 100,
        y: 100,
        w: 204,
        h: 24,
        text: 'đó, cô bé',
        confidence: 91,
        words: 3,
        letters: 6,
        size: 1,
        partOf: null,
      },
    ]);
  });

  test('are none where lines were read, also above and below these for the marks of their letters', () => {
    expect(rowsElsewhere(read(286, ['đó,', 91], ['cô', 96]), [line])).toEqual([]);
  });

  test('are art if they are alone, uncertain, single letters or no syllables of Vietnamese', () => {
    const strokes = [
      ...read(100, ['tự', 94]),
      ...read(200, ['đó', 91], ['cô', 59]),
      ...read(400, ['y', 93], ['a', 91]),
      ...read(500, ['RẦH', 91], ['qch', 90]),
    ];
    expect(rowsElsewhere(strokes, [line])).toEqual([]);
  });

  test('are one row over a word that is uncertain', () => {
    const words = read(100, ['cô', 90], ['bqo', 86], ['giờ', 96], ['quqy', 40]);
    expect(rowsElsewhere(words, [line])).toMatchObject([
      { x: 100, w: 204, text: 'cô bqo giờ quqy', words: 2 },
    ]);
  });

  test('are a noise if they imitate one', () => {
    expect(rowsElsewhere(read(100, ['rầm', 94], ['rầm!', 91]), [line])).toEqual([]);
  });

  test('continue a line that was read, where a single one is enough', () => {
    const { y, h } = line;
    const after = { x: line.x + line.w + 16, y: y + 4, w: 60, h: h - 8 };
    expect(rowsElsewhere([{ text: 'đường', confidence: 75, box: after }], [line])).toEqual([
      { ...after, text: 'đường', confidence: 75, words: 1, letters: 5, size: 1, partOf: line },
    ]);
  });
});
