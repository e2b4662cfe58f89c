import { vietnamese } from './vietnamese.ts';

const language = vietnamese();
const isLikelier = (one: string, other: string, previous: string | null = null) =>
  language.chance(previous, one) > language.chance(previous, other) + 1;

describe('the chance of a syllable', () => {
  test.each([
    ['vẫn', 'vân'],
    ['lại', 'lai'],
    ['hả', 'hạ'],
    ['mà', 'hà'],
    ['sẽ', 'se'],
  ])('is larger for one that people say more often: %s, not %s', (one, other) =>
    expect(isLikelier(one, other)).toBe(true),
  );

  test('is larger for the commoner one of two that can follow a syllable', () =>
    expect(isLikelier('lại', 'lai', 'sao')).toBe(true));

  test('is larger after a syllable that it follows, even for a rare one', () =>
    expect(language.chance('phi', 'thuyền')).toBeGreaterThan(language.chance(null, 'thuyền') + 1));

  test('is small but not zero for a syllable that is possible and not known', () => {
    expect(language.knows('quẽo')).toBe(false);
    expect(language.chance(null, 'quẽo')).toBeGreaterThan(-20);
    expect(isLikelier('quẽo', 'kzăq')).toBe(true);
  });
});

test('syllables that people say and hardly write on web pages are known', () =>
  expect(['bịp', 'mợ', 'lởn', 'nhúc', 'suỵt'].every((syllable) => language.knows(syllable))).toBe(true));
