import sharp from 'sharp';
import type { Raster } from '../image/raster.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { findLettering } from './find-lettering.ts';

const line = (text: string, x: number, y: number, fill = '#111') =>
  `<path d="${pathOf(text, 'patrick-hand', 30, x, y)}" fill="${fill}"/>`;

async function page(drawing: string): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="700"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 1, data };
}

const blocksOf = async (drawing: string) =>
  findLettering(await page(drawing)).blocks.sort((a, b) => a.x - b.x);

describe('lettering on a page', () => {
  test('in two bubbles with a rim between them is two blocks', async () => {
    const rim = '<rect x="95" y="212" width="420" height="12" fill="#888"/>';
    const blocks = await blocksOf(
      line('hai ba con voi', 100, 200) + rim + line('kia to qua nhanh', 300, 255),
    );
    expect(blocks).toHaveLength(2);
  });

  test('ends where art on another ground begins in line with it', async () => {
    const art = '<rect x="390" y="150" width="300" height="80" fill="#999"/>';
    const window = '<rect x="402" y="182" width="14" height="20" fill="#222"/>';
    const [block] = await blocksOf(art + window + line('hai ba con voi kia', 100, 200));
    expect(block && block.x + block.w).toBeLessThan(390);
  });

  test('in two balloons that touch is never joined', async () => {
    const outline = '<path d="M300 120c-40 60 -10 120 20 180" fill="none" stroke="#111" stroke-width="3"/>';
    const blocks = await blocksOf(
      outline +
        line('hai ba con', 150, 180) +
        line('voi kia', 160, 220) +
        line('to qua', 312, 190) +
        line('nhanh len', 318, 230),
    );
    expect(blocks.map(({ lines }) => lines.length)).toEqual([2, 2]);
  });

  test('in a balloon is found whatever is around it', async () => {
    const writing = [0, 1, 2, 3, 4, 5]
      .map((row) => line('con voi to qua nhanh len', 100, 150 + 40 * row, '#333'))
      .join('');
    const balloon =
      '<rect x="180" y="190" width="140" height="100" rx="40" fill="#fff" stroke="#111" stroke-width="3"/>';
    const blocks = await blocksOf(writing + balloon + line('gì thế', 210, 245));
    expect(blocks.some(({ x, w, h }) => x > 200 && w < 100 && h < 50)).toBe(true);
  });

  test('has words of equally wide letters', async () => {
    const bars = [0, 1, 2, 3, 4, 5].map(
      (i) =>
        `<path d="M${100 + 30 * i} 300v24m16 0v-24M${100 + 30 * i} 312h16" fill="none" stroke="#111" stroke-width="4"/>`,
    );
    const dots = [0, 1, 2, 3, 4, 5].map((i) => `<circle cx="${500 + 30 * i}" cy="312" r="9"/>`);
    const blocks = await blocksOf(bars.join('') + dots.join(''));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.x).toBeLessThan(110);
  });

  describe('in a bubble with art visible through it', () => {
    const bubble = '<rect x="80" y="150" width="320" height="90" fill="#c8d8c8"/>';
    const words = line('hai ba con voi kia', 100, 200);

    test('is found whole if its ground changes along the row', async () => {
      const seen = '<rect x="80" y="150" width="120" height="90" fill="#f8f4e8"/>';
      const [alone] = await blocksOf(bubble + words);
      const [block, ...others] = await blocksOf(bubble + seen + words);
      expect(others).toEqual([]);
      expect(block).toMatchObject({ x: alone?.x, w: alone?.w });
    });

    test('is found whole if its ground is shaded from one side to the other', async () => {
      const shade =
        '<linearGradient id="shade"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#888"/></linearGradient>';
      const [alone] = await blocksOf(bubble + words);
      const [block] = await blocksOf(`${shade}${bubble.replace('#c8d8c8', 'url(#shade)')}${words}`);
      expect(block).toMatchObject({ x: alone?.x, w: alone?.w });
    });

    test('is found whole if a fence shows through it', async () => {
      const posts = Array.from(
        { length: 10 },
        (_, i) => `<rect x="${80 + 32 * i}" y="150" width="14" height="90" fill="#d2d2d2"/>`,
      );
      const white = bubble.replace('#c8d8c8', '#fff');
      const [alone] = await blocksOf(white + words);
      const [block] = await blocksOf(white + posts.join('') + words);
      expect(block).toMatchObject({ x: alone?.x, w: alone?.w });
    });

    test('ends where the ground is a different one', async () => {
      const dark = '<rect x="250" y="150" width="150" height="90" fill="#555"/>';
      const blocks = await blocksOf(bubble + dark + words);
      expect(blocks.every(({ x, w }) => x + w <= 252)).toBe(true);
    });
  });

  test('is found if it is small and grey close under a picture', async () => {
    const art = '<rect x="80" y="100" width="600" height="88" fill="#642"/>';
    const note = `<path d="${pathOf('xem chuyen nho ngay qua', 'patrick-hand', 17, 100, 204)}" fill="#999"/>`;
    const blocks = await blocksOf(art + note);
    expect(blocks.some(({ y, w }) => y > 186 && w > 120)).toBe(true);
  });

  test('on a tilted sign is separate from level rows', async () => {
    const sign = ['hai ba con voi kia', 'to qua nhanh len'].map((text, i) => line(text, 0, i * 40)).join('');
    const { blocks, tilt } = findLettering(
      await page(
        `${line('xin em tha cho', 100, 600)}<g transform="translate(300 200) rotate(-12)">${sign}</g>`,
      ),
    );
    expect(tilt?.angle).toBeCloseTo((-12 * Math.PI) / 180, 1);
    expect(blocks.map(({ y }) => y > 500)).toEqual([true]);
  });
});
