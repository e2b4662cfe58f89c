import sharp from 'sharp';
import { decodePage } from '../decode.ts';
import { pathOf, widthOf } from '../testing/drawn-letters.fixture.ts';
import { createTextDetector } from './text-detector.ts';

const detector = createTextDetector();
afterAll(() => detector.close());

async function linesOn(drawing: string, width = 1000, height = 1400) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  const { lettering } = await decodePage(1, await sharp(Buffer.from(svg)).png().toBuffer());
  return detector.linesOf(lettering);
}

const text = 'cô bé không quay lại';
const line = (x: number, y: number, fill = '#111', size = 34) =>
  `<path d="${pathOf(text, 'itim', size, x, y)}" fill="${fill}"/>`;

/** Returns whether a box is around a text that begins at a point, with a little room. */
const isAround = (x: number, y: number, box: { x: number; y: number; w: number; h: number }) =>
  Math.abs(box.x - x) < 20 &&
  Math.abs(box.x + box.w - x - widthOf(text, 'itim', 34)) < 20 &&
  box.y < y - 15 &&
  box.y + box.h > y &&
  box.h < 70;

describe('lines of text', () => {
  test('are found on paper, on a dark ground and on art, each as a box around its letters', async () => {
    const hatching = Array.from(
      { length: 60 },
      (_, i) => `<path d="M${100 + 14 * i} 900l-60 160" stroke="#777" stroke-width="3"/>`,
    );
    const drawing = `${line(200, 300)}<rect y="500" width="1000" height="200" fill="#222"/>${line(300, 620, '#eee')}${hatching.join('')}${line(400, 990)}`;
    const lines = (await linesOn(drawing)).sort((one, other) => one.y - other.y);
    expect(lines).toHaveLength(3);
    for (const [i, [x, y]] of (
      [
        [200, 300],
        [300, 620],
        [400, 990],
      ] as const
    ).entries())
      expect(isAround(x, y, lines[i] as (typeof lines)[number])).toBe(true);
  });

  test('are the same where several pages are searched at once', async () => {
    const pages = [200, 500, 900].map((y) => line(150, y) + line(400, y + 300));
    const alone = [];
    for (const page of pages) alone.push(await linesOn(page));
    expect(await Promise.all(pages.map((page) => linesOn(page)))).toEqual(alone);
  });

  test('are none where shapes are as large as letters', async () => {
    const leaves = Array.from(
      { length: 40 },
      (_, i) =>
        `<ellipse cx="${80 + (i % 8) * 110}" cy="${200 + Math.floor(i / 8) * 180}" rx="14" ry="9" fill="#333" transform="rotate(${i * 23} ${80 + (i % 8) * 110} ${200 + Math.floor(i / 8) * 180})"/>`,
    );
    expect(await linesOn(leaves.join(''))).toEqual([]);
  });

  test('are found once where a strip is searched in parts', async () => {
    const rows = Array.from({ length: 26 }, (_, i) => 120 + 230 * i);
    const lines = await linesOn(rows.map((y) => line(300, y)).join(''), 1000, 6000);
    expect(
      lines.sort((one, other) => one.y - other.y).map((box, i) => isAround(300, rows[i] ?? 0, box)),
    ).toEqual(rows.map(() => true));
  });
});
