import { isAllowedSyllable } from './allowed-syllable.ts';

test.each([
  'nghiêng',
  'quyển',
  'giếng',
  'gì',
  'gìn',
  'quốc',
  'suỵt',
  'khuya',
  'hoá',
  'hóa',
  'ĐƯỢC',
  'xoong',
  'yêu',
  'ạ',
])('Vietnamese has %s', (word) => {
  expect(isAllowedSyllable(word)).toBe(true);
});

test.each(['nhiệh', 'cảh', 'suyt', 'nghành', 'kông', 'viêt', 'hểh', 'ìnhg', 'qếu', 'ngiêng', 'Hidori', 'b'])(
  'Vietnamese does not have %s',
  (word) => {
    expect(isAllowedSyllable(word)).toBe(false);
  },
);
