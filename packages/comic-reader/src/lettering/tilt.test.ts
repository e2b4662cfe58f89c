import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { tiltOf, turned, turnedBack } from './tilt.ts';

const degrees = (of: number) => (of * Math.PI) / 180;

/** Returns letters on a line with a tilt in degrees. */
const row = (letters: number, turnedBy: number, y = 100, off = 0): Box[] =>
  Array.from({ length: letters }, (_, i) => ({
    x: 20 + i * 24,
    y: Math.round(y + i * 24 * Math.tan(degrees(turnedBy)) + (i % 2 === 0 ? off : -off)),
    w: 18,
    h: 20,
  }));

describe('tilted lettering', () => {
  test('is recognized by two rows with the same tilt', () => {
    const tilt = tiltOf([row(7, 12), row(8, 11, 140), row(12, 0, 300)]);
    expect(tilt?.angle).toBeCloseTo(degrees(11.5), 1);
    expect(tilt?.rows).toHaveLength(2);
  });

  test('is recognized by one long row', () => {
    expect(tiltOf([row(12, -9)])?.angle).toBeCloseTo(degrees(-9), 1);
  });

  test('is a sign, unless nearly all rows of the page have its tilt', () => {
    const askew = Array.from({ length: 7 }, (_, i) => row(9, 6, 100 + i * 60));
    expect(tiltOf(askew)?.askew).toBe(true);
    expect(tiltOf([...askew, row(9, 0, 700), row(9, 0, 760), row(9, 0, 820)])?.askew).toBe(false);
    expect(tiltOf([row(7, 12), row(8, 11, 140)])?.askew).toBe(false);
  });

  test.each([
    ['level rows', [row(12, 0), row(12, 1)]],
    ['a short row', [row(7, 12)]],
    ['rows that go different ways', [row(7, 12), row(7, -12)]],
    ['pieces of art beside a diagonal', [row(12, 12, 100, 8), row(12, 12, 200, 8)]],
    [
      'points before words',
      [
        [
          ...row(3, 0).map((dot) => ({ ...dot, y: dot.y + 15, h: 5 })),
          ...row(8, 0).map((letter) => ({ ...letter, x: letter.x + 80 })),
        ],
      ],
    ],
    ['a diagonal of the drawing', [row(12, 40), row(12, 40, 200)]],
  ])('is not seen in %s', (_, rows) => {
    expect(tiltOf(rows)).toBeNull();
  });
});

test('a box of the level page is found on the original page', () => {
  const page: Raster = { width: 200, height: 100, channels: 1, data: new Uint8Array(20_000).fill(255) };
  for (let y = 28; y < 33; y++) page.data.fill(0, y * 200 + 148, y * 200 + 153);
  const angle = degrees(15);
  const level = turned(page, angle);
  const at = level.data.indexOf(Math.min(...level.data));
  const found = turnedBack({ x: at % 200, y: Math.floor(at / 200), w: 1, h: 1 }, angle, page);
  expect(Math.abs(found.x + found.w / 2 - 150)).toBeLessThan(5);
  expect(Math.abs(found.y + found.h / 2 - 30)).toBeLessThan(5);
});
