import { emptyMask } from '../image/raster.ts';
import { fallsApart, fallsApartAtRows } from './falls-apart.ts';

/** A page of 100 × 150 with filled boxes. */
function drawn(...boxes: { x: number; y: number; w: number; h: number }[]) {
  const mask = emptyMask(100, 150);
  for (const { x, y, w, h } of boxes)
    for (let row = y; row < y + h; row++) mask.data.fill(1, row * 100 + x, row * 100 + x + w);
  return mask;
}

test('two pictures with a band of ground between them fall apart, one above the other or side by side', () => {
  expect(fallsApart(drawn({ x: 10, y: 10, w: 80, h: 50 }, { x: 10, y: 70, w: 80, h: 60 }), 5)).toBe(true);
  expect(fallsApart(drawn({ x: 5, y: 10, w: 40, h: 90 }, { x: 55, y: 40, w: 40, h: 90 }), 5)).toBe(true);
});

test('an empty page, one figure, and a figure with a small mark are one picture', () => {
  expect(fallsApart(drawn(), 5)).toBe(false);
  expect(fallsApart(drawn({ x: 20, y: 20, w: 60, h: 100 }), 5)).toBe(false);
  expect(fallsApart(drawn({ x: 20, y: 20, w: 60, h: 80 }, { x: 40, y: 130, w: 20, h: 8 }), 5)).toBe(false);
});

/** The boxes of a head and of the shoulders below it. */
const person = (x: number, y: number) => [
  { x: x + 15, y, w: 15, h: 30 },
  { x, y: y + 30, w: 45, h: 20 },
];

test('figures that touch, those closer than a gutter, and those that overlap in height and width, are one picture', () => {
  expect(fallsApart(drawn({ x: 5, y: 10, w: 50, h: 80 }, { x: 50, y: 60, w: 45, h: 80 }), 5)).toBe(false);
  expect(fallsApart(drawn(...person(20, 10), ...person(20, 63)), 5)).toBe(false);
  expect(fallsApart(drawn(...person(5, 10), ...person(52, 30)), 5)).toBe(false);
});

test('pictures that lean fall apart although no straight band of ground is between them', () => {
  const leaning = (x: number) =>
    Array.from({ length: 130 }, (_, y) => ({ x: x + Math.round(y / 12), y: y + 10, w: 35, h: 1 }));
  expect(fallsApart(drawn(...leaning(5), ...leaning(44)), 5)).toBe(true);
});

/** A page of 100 × 150 of which each row has one colour, darker down the page, but for rows of stripes. */
function striped(...pictures: [from: number, to: number][]) {
  const data = new Uint8Array(100 * 150 * 3);
  for (let y = 0; y < 150; y++)
    for (let x = 0; x < 100; x++) {
      const isDrawn = pictures.some(([from, to]) => y >= from && y < to);
      data.fill(isDrawn && x % 8 < 4 ? 0 : 255 - y, (y * 100 + x) * 3, (y * 100 + x + 1) * 3);
    }
  return { width: 100, height: 150, channels: 3 as const, data };
}

test('pictures fall apart at rows of one colour, which can change down the page; a thin band and a mark do not count', () => {
  expect(fallsApartAtRows(striped([10, 60], [70, 130]), 6)).toBe(true);
  expect(fallsApartAtRows(striped([10, 60], [64, 130]), 6)).toBe(false);
  expect(fallsApartAtRows(striped([10, 120], [130, 138]), 6)).toBe(false);
  expect(fallsApartAtRows(striped(), 6)).toBe(false);
});
