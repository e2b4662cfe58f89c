import sharp from 'sharp';
import { type Lettering, letteringOf } from './lettering.ts';

const size = 100;

/** Draws a line in grey. */
async function drawn(letters: Lettering, line: string): Promise<Buffer> {
  const width = Math.ceil(letters.widthOf(line) * size) + 40;
  const paths = letters.paths(line, 20, 120, size);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="180"><rect width="${width}" height="180" fill="#fff"/>${paths}</svg>`;
  return sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
}
const inkOf = (picture: Buffer) => picture.filter((grey) => grey < 128).length;

describe.each([
  ['kanji and kana', '進撃の巨人'],
  ['hangul', '나혼자만레벨업'],
  ['simplified Chinese', '斗罗大陆'],
  ['traditional Chinese', '鬥破蒼穹'],
  ['Cyrillic', 'Преступление'],
  ['Greek', 'Μυστήριο'],
  ['Thai', 'รักวุ่นๆนักเรียน'],
  ['Arabic', 'هجوم'],
  ['Devanagari', 'कहानी'],
])('%s', (_, title) => {
  test('are drawn, each letter with its own shape', async () => {
    const letters = await letteringOf([title]);
    expect(letters.missing).toEqual([]);
    expect(letters.drawable(title)).toBe(title.normalize('NFC'));
    const shapes = new Set<string>();
    const segments = Array.from(new Intl.Segmenter('vi').segment(title), ({ segment }) => segment);
    for (const letter of segments) {
      const picture = await drawn(letters, letter);
      expect(inkOf(picture)).toBeGreaterThan(150);
      shapes.add(picture.toString('latin1'));
    }
    // The box of a missing letter would be the same for all.
    expect(shapes.size).toBe(new Set(segments).size);
  });
});

test('names letters without a font and leaves them out instead of drawing boxes', async () => {
  const title = 'Mèo 🐱 雨ខ្មែរ';
  const letters = await letteringOf([title]);
  expect(letters.missing).toEqual(['🐱', 'ខ្មែ', 'រ']);
  expect(letters.drawable(title)).toBe('Mèo 雨');
});

test('joins Arabic letters from right to left, and keeps numbers left to right', async () => {
  const title = 'هجوم 12';
  const letters = await letteringOf([title]);
  const apart = [...'هجوم'].reduce((sum, letter) => sum + letters.widthOf(letter), 0);
  expect(letters.widthOf('هجوم')).toBeLessThan(0.95 * apart);
  // The number is read last, so it is on the left, unchanged.
  const left = (line: string) =>
    /translate\((\S+) .*?d="(.*?)"/.exec(letters.paths(line, 20, 120, size))?.slice(1);
  expect(left(title)).toEqual(left('12'));
});

test('draws a title in one font if one has all letters', async () => {
  const japanese = await letteringOf(['直']);
  const simplified = await letteringOf(['直说话']);
  expect(simplified.paths('直', 0, 0, size)).not.toBe(japanese.paths('直', 0, 0, size));
});

test('draws a Latin title in the display font, and ignores control characters', async () => {
  const letters = await letteringOf(['Kẻ trộm ô\u200b\u00ad']);
  expect(letters.missing).toEqual([]);
  expect(letters.drawable('Kẻ\n trộm\u200b ô')).toBe('Kẻ trộm ô');
  expect(letters.widthOf('')).toBe(0);
});
