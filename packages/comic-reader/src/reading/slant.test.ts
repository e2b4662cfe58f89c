import sharp from 'sharp';
import type { Raster } from '../image/raster.ts';
import { pathOf, widthOf } from '../testing/drawn-letters.fixture.ts';
import { sheared, slantOf } from './slant.ts';

async function row(text: string, slant: number): Promise<Raster> {
  const width = Math.ceil(widthOf(text, 'patrick-hand', 40)) + 80;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="60"><rect width="100%" height="100%" fill="#fff"/><path transform="translate(20 0) skewX(${-slant})" d="${pathOf(text, 'patrick-hand', 40, 20, 45)}"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 1, data };
}

describe('the slant of letters', () => {
  test('is undone by as many columns per row as they lean', async () => {
    const rows = [await row('Hai ba con voi', 20), await row('kia to qua', 20)];
    expect(slantOf(rows)).toBeGreaterThan(0.25);
    expect(slantOf(rows)).toBeLessThan(0.45);
    expect(slantOf(rows.map((picture) => sheared(picture, slantOf(rows))))).toBe(0);
  });

  test('is 0 for upright letters', async () => {
    expect(slantOf([await row('Hai ba con voi', 0), await row('kia to qua', 0)])).toBe(0);
  });

  test('is found even if an ornament beside one row is larger than the letters', async () => {
    const ornament: Raster = { width: 300, height: 60, channels: 1, data: new Uint8Array(18_000) };
    const rows = [await row('Hai ba con voi', -20), await row('kia to qua', -20), ornament];
    expect(slantOf(rows)).toBeLessThan(-0.25);
  });
});

test('a picture without slant is returned unchanged', async () => {
  const picture = await row('kia', 0);
  expect(sheared(picture, 0)).toBe(picture);
});
