import sharp from 'sharp';
import { chancePage } from './kinds.ts';

// One kind of each module: a page takes a second to draw.
const makers = [
  'white art off the page',
  'balloons, bursts and screens',
  'insets on a corner',
  'spreads with a picture across',
  'panels in the shape of an L',
  'joined balloons',
];

test.each(makers)('%s: panels and lettering are on the page, each panel once', async (kind) => {
  const { image, panels, bubbles = [] } = await chancePage(kind, 4);
  const { width, height } = await sharp(image).metadata();
  expect(panels.length).toBeGreaterThan(0);
  for (const { x, y, w, h } of [...panels, ...bubbles]) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(Math.min(w, h)).toBeGreaterThan(0);
    expect(x + w).toBeLessThanOrEqual(width);
    expect(y + h).toBeLessThanOrEqual(height);
  }
  expect(new Set(panels.map((box) => Object.values(box).join())).size).toBe(panels.length);
  for (const { panel } of bubbles) expect(panels[panel ?? -1]).toBeDefined();
});

test('the same seed draws the same page, another seed another', async () => {
  const [one, again, other] = await Promise.all(
    [5, 5, 6].map((seed) => chancePage('4-koma in one column', seed)),
  );
  expect(one?.image.equals(again?.image ?? Buffer.alloc(0))).toBe(true);
  expect(one?.panels).not.toEqual(other?.panels);
});

test('reads manga from the right, column by column in 4-koma', async () => {
  const pages = await Promise.all([1, 2].map((seed) => chancePage('4-koma in two columns', seed)));
  const page = pages.find(({ direction }) => direction === 'rtl');
  const [first, , , fourth, fifth] = page?.panels ?? [];
  expect(fourth?.x).toBe(first?.x);
  expect(fifth?.y).toBe(first?.y);
  expect(fifth?.x).toBeLessThan(first?.x ?? 0);
});
