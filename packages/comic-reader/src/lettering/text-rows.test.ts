import sharp from 'sharp';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { textRows } from './text-rows.ts';

const words = (text: string, y: number) => {
  const path = pathOf(text, 'patrick-hand', 30, 150, y);
  return `<path d="${path}" fill="#fff" stroke="#fff" stroke-width="8" stroke-linejoin="round"/><path d="${path}" fill="#111"/>`;
};
const hatching = Array.from({ length: 60 }, (_, i) => `<path d="M${i * 14 - 300} 0l300 300"/>`).join('');
const hatched = `<g stroke="#333" stroke-width="2">${hatching}</g>`;
const dots =
  '<pattern id="d" patternUnits="userSpaceOnUse" width="7" height="7" patternTransform="rotate(45)"><circle cx="3" cy="3" r="2" fill="#222"/></pattern><rect width="500" height="300" fill="url(#d)"/>';
const bricks = Array.from(
  { length: 6 },
  (_, i) =>
    `<rect x="${50 + 60 * i}" y="200" width="50" height="24" fill="none" stroke="#111" stroke-width="3"/>`,
).join('');

async function rowsOn(drawing: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="700"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return textRows({ width: info.width, height: info.height, channels: 1, data }, [], 18);
}

describe('rows that look like lettering', () => {
  test.each([
    ['hatching', hatched],
    ['a screentone', dots],
    ['plain paper', ''],
  ])('are found on %s', async (_, ground) => {
    const rows = await rowsOn(ground + words('con voi to qua', 100) + words('nhanh len', 200));
    expect(rows).toHaveLength(2);
    for (const { x, letters } of rows) {
      expect(x).toBeGreaterThan(140);
      expect(letters).toBeGreaterThan(6);
    }
  });

  test.each([
    ['hatching', hatched],
    ['a screentone', dots],
    ['bricks', bricks],
  ])('are not found in %s alone', async (_, art) => {
    expect(await rowsOn(art)).toEqual([]);
  });
});
