import { join } from 'node:path';
import sharp from 'sharp';
import { chaptersIn, type TrueChapter } from '../chapters.ts';
import { composedPage } from './kinds.ts';
import { picturesOf } from './pictures.ts';
import type { Material } from './usual.ts';

const sample = join(import.meta.dirname, '../../../../samples/ke-trom-o');
let material: Material;

beforeAll(async () => {
  const [chapter] = chaptersIn(sample);
  material = { direction: 'rtl', pictures: await picturesOf(chapter as TrueChapter, (page) => page < 4) };
});

// One kind of each module: a page takes half a second to compose.
const makers = [
  'usual layouts',
  'turned panels',
  'torn edges',
  'textured grounds',
  'sounds across gutters',
  'frames drawn by hand',
  'title pages',
  'scans askew',
];

test.each(makers)('%s: each panel shows a picture on the page', async (kind) => {
  const { image, panels } = await composedPage(kind, 4, material);
  const { width, height } = await sharp(image).metadata();
  expect(panels.length).toBeGreaterThan(1);
  for (const { x: left, y: top, w, h } of panels) {
    expect(Math.min(left, top, width - left - w, height - top - h)).toBeGreaterThanOrEqual(0);
    const { entropy } = await sharp(
      await sharp(image).extract({ left, top, width: w, height: h }).toBuffer(),
    ).stats();
    expect(entropy).toBeGreaterThan(1);
  }
});

test('the same seed composes the same page', async () => {
  const [one, again] = await Promise.all([5, 5].map((seed) => composedPage('usual layouts', seed, material)));
  expect(one?.image.equals(again?.image ?? Buffer.alloc(0))).toBe(true);
});

test('leaves out panels that are partly behind others, and those too small to fill another one', async () => {
  const [chapter] = chaptersIn(sample) as [TrueChapter];
  const [page] = chapter.pages as [TrueChapter['pages'][number]];
  const picture = { x: 100, y: 100, w: 500, h: 400 };
  const panels = [
    picture,
    { x: 700, y: 100, w: 400, h: 400 },
    { x: 1000, y: 300, w: 90, h: 90 },
    { x: 100, y: 700, w: 60, h: 400 },
  ];
  const [only, ...others] = await picturesOf({ ...chapter, pages: [{ ...page, panels }] }, () => true);
  expect(others).toEqual([]);
  expect(only?.width).toBeLessThan(picture.w);
  expect(only?.width).toBeGreaterThan(picture.w - 40);
});
