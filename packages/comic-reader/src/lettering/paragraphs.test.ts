import { paragraphsOf } from './paragraphs.ts';
import type { TextLine } from './text-line.ts';

const line = (y: number, x = 0): TextLine => ({
  x,
  y,
  w: 200,
  h: 30,
  letters: 12,
  letterHeight: 25,
  regular: 1,
  field: 1,
  ground: 255,
  ink: 0,
});
const tops = (...lines: TextLine[]) => paragraphsOf(lines).map((lines) => lines.map(({ y }) => y));

describe('lines without a balloon', () => {
  test('are split at a gap that is much wider than the others', () => {
    expect(tops(line(0), line(80), line(40), line(147), line(187))).toEqual([
      [0, 40, 80],
      [147, 187],
    ]);
    expect(tops(line(0), line(67), line(107))).toEqual([[0], [67, 107]]);
  });

  test('stay together if all gaps are wide, or nothing shows which gap is usual', () => {
    expect(tops(line(0), line(60), line(120))).toEqual([[0, 60, 120]]);
    expect(tops(line(0), line(67))).toEqual([[0, 67]]);
  });

  test('stay together if a row has two parts', () => {
    expect(tops(line(0), line(40), line(42, 260), line(80))).toEqual([[0, 40, 42, 80]]);
  });
});
