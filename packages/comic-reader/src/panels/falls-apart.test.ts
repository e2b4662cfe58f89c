import { emptyMask } from '../image/raster.ts';
import { fallsApart } from './falls-apart.ts';

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

test('figures that overlap in height and width, and those closer than a gutter, are one picture', () => {
  expect(fallsApart(drawn({ x: 5, y: 10, w: 50, h: 80 }, { x: 50, y: 60, w: 45, h: 80 }), 5)).toBe(false);
  expect(fallsApart(drawn({ x: 10, y: 10, w: 80, h: 50 }, { x: 10, y: 63, w: 80, h: 60 }), 5)).toBe(false);
});
