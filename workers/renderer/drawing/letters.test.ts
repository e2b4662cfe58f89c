import { inLines, inLinesWhole, widthOf } from './letters.ts';

const licence = 'Creative Commons 4.0, https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode.vi';

test('an address that is too long for a line goes on after a slash, and nothing is left out', () => {
  expect(inLines(licence, 14, 9)).toBeUndefined();
  const lines = inLinesWhole(licence, 14, 9) ?? [];
  expect(lines).toEqual([
    'Creative Commons 4.0,',
    'https://creativecommons.org/',
    'licenses/by-nc-sa/4.0/',
    'legalcode.vi',
  ]);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(14);
});

test('a word without a slash goes on anywhere; what takes too many lines is none', () => {
  const word = 'a'.repeat(60);
  expect(inLinesWhole(word, 14, 9)?.join('')).toBe(word);
  expect(inLinesWhole(word, 14, 1)).toBeUndefined();
});
