import { wordsSeen } from './read-block.ts';
import { open } from './words/line-breaks.ts';

const picture = { width: 100, height: 40, channels: 1 as const, data: new Uint8Array(4000) };

/** Returns a block with first readings, each a line of words and their confidences. */
const block = (...texts: [string, number][][]) => ({
  ...{ pictureAt: () => ({ plain: picture, grown: null }), bounds: open, grown: null },
  first: texts.map((words) => ({
    width: 100,
    height: 40,
    lines: [words.map(([text, confidence]) => ({ text, confidence, box: { x: 0, y: 0, w: 9, h: 9 } }))],
  })),
});

describe('a block whose words are all too uncertain to be spoken', () => {
  test('has the words of its longer reading if one of them is not quite uncertain', () => {
    const all: [string, number][] = [
      ['KHÔNG', 12],
      ['SAO', 51],
      ['ĐÂU', 20],
    ];
    expect(wordsSeen(block([['SAO', 51]], all))).toBe(3);
  });

  test('has no words if only digits, symbols or single letters are read with confidence, since they are read in art too', () => {
    const art: [string, number][] = [
      ['89:', 63],
      ['I', 80],
      ['—', 91],
      ['Mw', 0],
      ['rà', 18],
    ];
    expect(wordsSeen(block(art))).toBe(0);
  });

  test('has only the words of readings that show any', () => {
    const noise: [string, number][] = [
      ['lw', 3],
      ['vm', 9],
      ['70', 88],
    ];
    expect(wordsSeen(block([['ĐI', 47]], noise))).toBe(1);
  });
});
