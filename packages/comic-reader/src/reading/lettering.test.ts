import sharp from 'sharp';
import { label } from '../image/components.ts';
import type { Raster } from '../image/raster.ts';
import { findLettering } from '../lettering/find-lettering.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { isolate } from './lettering.ts';

async function isolated(drawing: string): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="700"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const page: Raster = { width: info.width, height: info.height, channels: 1, data };
  const [block] = findLettering(page).blocks;
  if (!block) throw new Error('nothing was found');
  return isolate(page, block, 1, { letterHeight: 24, usualSlant: 0 }).plain;
}

const line = (text: string, x: number, y: number, size = 30) =>
  `<path d="${pathOf(text, 'patrick-hand', size, x, y)}" fill="#111"/>`;

/** Returns the heights of the stretches of rows with ink. */
function bands({ width, height, data }: Raster): number[] {
  const found: number[] = [];
  let since = -1;
  for (let y = 0; y <= height; y++) {
    const inked = y < height && data.subarray(y * width, (y + 1) * width).some((v) => v < 128);
    if (inked && since < 0) since = y;
    if (!inked && since >= 0) found.push(y - since);
    if (!inked) since = -1;
  }
  return found;
}

describe('the picture that is read', () => {
  test('has rows with space between them, however close they were', async () => {
    const picture = await isolated(line('nguy hiểm gấp', 100, 200) + line('ổ ấy lớn quyển', 100, 228));
    expect(bands(picture).filter((height) => height > 12)).toHaveLength(2);
  });

  test('keeps the points within a row', async () => {
    const pieces = async (text: string) => {
      const { width, height, data } = await isolated(line(text, 100, 200));
      return label({ width, height, data: data.map((v) => (v < 128 ? 1 : 0)) }).components.length;
    };
    expect(await pieces('xem em..., cha cho')).toBe((await pieces('xem em cha cho')) + 4);
  });

  test('has no art beside the letters', async () => {
    const art = '<path d="M80 150h400l-8 14h-384z" fill="#555"/>';
    const [first, ...others] = bands(await isolated(art + line('hai ba con voi kia to', 100, 200)));
    expect(others).toEqual([]);
    expect(first).toBeLessThan(60);
  });

  test('scales a shouted word to the size of the others', async () => {
    const picture = await isolated(line('xem cua con em', 100, 200) + line('cao su', 100, 250, 54));
    const [small, large] = bands(picture).filter((height) => height > 12) as [number, number];
    expect(large).toBeLessThan(1.4 * small);
  });
});
