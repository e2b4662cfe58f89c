import type { ReadWord } from '../reading/hocr.ts';
import { looksFused } from './fused-bubbles.ts';

const isFused = (lines: ReadWord[][]) =>
  looksFused(
    lines,
    lines
      .flat()
      .map(({ text }) => text)
      .join(' '),
  );

/** Words of 10 pixels a letter, 20 pixels high; after `|` a second column starts this many heights after the first. */
const lines = (gap: number, ...rows: string[]) =>
  rows.map((row) => {
    let x = 0;
    return row.split(' ').flatMap((text) => {
      if (text === '|') {
        x = 102 + gap * 20;
        return [];
      }
      const box = { x, y: 0, w: text.length * 10, h: 20 };
      x += box.w + 6;
      return [{ text, confidence: 90, box }];
    });
  });

test('small letters after the end of a sentence belong to another bubble if rows have a gap at one place', () => {
  expect(isFused(lines(0.6, 'Con mèo nhà | Vậy thì', 'chú Hai tôi | đi!', 'chạy lên mái nhà'))).toBe(true);
  expect(isFused(lines(0.3, 'Con mèo nhà | Vậy thì', 'chú Hai tôi | đi!', 'chạy lên mái nhà'))).toBe(false);
});

test('a very wide gap at one place of two rows separates bubbles, in capitals too', () => {
  expect(isFused(lines(1.2, 'HÔM QUA ẤY | BÀ ƠI,', 'MƯA TO LẮM | CHÁU ĐÓI'))).toBe(true);
  expect(isFused(lines(1.2, 'HÔM QUA ẤY | BÀ ƠI,', 'MƯA TO CHÁU ĐÓI LẮM'))).toBe(false);
  expect(isFused(lines(1.2, 'HÔM QUA ẤY | BÀ ƠI,', 'MƯA TO'))).toBe(false);
});

test('a single row that is centred only without the words behind a gap has words of another bubble', () => {
  const row = (from: number, ...texts: string[]) => {
    let x = from;
    return texts.map((text) => {
      const box = { x, y: 0, w: text.length * 10, h: 20 };
      x += box.w + (text === 'chị' ? 16 : 6);
      return { text, confidence: 90, box };
    });
  };
  const below = [row(100, 'chạy', 'lên', 'mái', 'nhà'), row(135, 'mất', 'rồi.')];
  expect(isFused([row(100, 'Con', 'mèo', 'của', 'chị', 'Vậy', 'thì', 'đi!'), ...below])).toBe(true);
  expect(isFused([row(100, 'Con', 'mèo', 'của', 'chị'), ...below])).toBe(false);
  expect(isFused([row(60, 'Con', 'mèo', 'chị', 'thích', 'hôm'), ...below])).toBe(false);
});

test.each([
  'Con mèo của chị chạy lên mái nhà mất rồi. Vậy thì đi!',
  'Táo, lê, v.v. và cam.',
  'Chạy đi! mau lên.',
])('a text without a gap is one bubble: %s', (text) => {
  expect(isFused(lines(0, text, text))).toBe(false);
});
