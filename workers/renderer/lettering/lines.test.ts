import { letteringOf } from './lettering.ts';
import { inLines, inLinesWhole, shortened } from './lines.ts';

const licence = 'Creative Commons 4.0, https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode.vi';

const letters = await letteringOf([licence]);

test('continues an address that is too long for a line after a slash, and leaves nothing out', () => {
  expect(inLines(licence, 14, 9, letters)).toBeUndefined();
  const lines = inLinesWhole(licence, 14, 9, letters) ?? [];
  expect(lines).toEqual([
    'Creative Commons 4.0,',
    'https://creativecommons.org/',
    'licenses/by-nc-sa/4.0/',
    'legalcode.vi',
  ]);
  expect(Math.max(...lines.map(letters.widthOf))).toBeLessThanOrEqual(14);
});

test('breaks a word without a slash anywhere, and returns undefined for too many lines', () => {
  const word = 'a'.repeat(60);
  expect(inLinesWhole(word, 14, 9, letters)?.join('')).toBe(word);
  expect(inLinesWhole(word, 14, 1, letters)).toBeUndefined();
});

test('breaks a title without spaces between its words, and no line begins with a full stop or a comma', async () => {
  const title = '転生したらスライムだった件、そして「魔王」になった。';
  const japanese = await letteringOf([title]);
  const lines = inLines(title, 7, 5, japanese) ?? [];
  expect(lines.join('')).toBe(title);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter((line) => /^[、。」]|「$/u.test(line))).toEqual([]);
  expect(Math.max(...lines.map(japanese.widthOf))).toBeLessThanOrEqual(7);
});

test('cuts a title without spaces with an ellipsis after one of its words', async () => {
  const title = '転生したらスライムだった件'.repeat(5);
  const japanese = await letteringOf([title, '…']);
  const lines = shortened(title, 12, 2, japanese);
  expect(lines).toHaveLength(2);
  expect(title.startsWith(lines.join('').replace('…', ''))).toBe(true);
  expect(lines[1]).toMatch(/…$/u);
});
