import sharp from 'sharp';
import { fieldsOf } from '../image/fields.ts';
import { findInk } from '../image/ink.ts';
import type { Raster } from '../image/raster.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { findBalloons } from './balloons.ts';
import { letterRows } from './letter-rows.ts';
import { textLines } from './text-lines.ts';

const words = (x: number, y: number, ...lines: string[]) =>
  lines
    .map((text, i) => `<path d="${pathOf(text, 'patrick-hand', 30, x, y + 36 * i)}" fill="#111"/>`)
    .join('');
const ellipse = (x: number, y: number, rx: number, ry: number, fill = '#fff') =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" stroke="#111" stroke-width="3"/>`;

async function balloonsOn(drawing: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="900"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const page: Raster = { width: info.width, height: info.height, channels: 1, data };
  const { dark } = findInk(page, 40);
  const fields = fieldsOf(dark);
  const lines = textLines(page, dark, letterRows(dark, fields, { least: 5, most: 54 }));
  return [...findBalloons(page, fields, lines).values()];
}

describe('a balloon', () => {
  test('is a closed shape with words in it, and has the box of its outline', async () => {
    const found = await balloonsOn(
      ellipse(300, 300, 160, 90) + words(210, 290, 'hai ba con voi', 'kia to qua'),
    );
    expect(found).toHaveLength(1);
    const [{ x, y, w, h, solid } = { x: 0, y: 0, w: 0, h: 0, solid: 0 }] = found;
    for (const [is, drawn] of [
      [x, 140],
      [y, 210],
      [w, 320],
      [h, 180],
    ] as const)
      expect(Math.abs(is - drawn)).toBeLessThan(8);
    expect(solid).toBeGreaterThan(0.7);
    expect(solid).toBeLessThan(0.85);
  });

  test('can hold one short word', async () => {
    expect(await balloonsOn(ellipse(300, 300, 90, 60) + words(280, 310, 'Ơ!'))).toHaveLength(1);
  });

  test('can be a box, which is solid', async () => {
    const box = '<rect x="200" y="200" width="300" height="120" fill="#ddd" stroke="#111" stroke-width="3"/>';
    const [found] = await balloonsOn(box + words(230, 250, 'hai ba con voi', 'kia to qua'));
    expect(found?.solid).toBeGreaterThan(0.95);
    expect(found?.straight).toBe(true);
  });

  test('has straight sides in perspective too, but not as an ellipse', async () => {
    const board = '<path d="M200 200l300 60v120l-300 -40z" fill="#ddd" stroke="#111" stroke-width="3"/>';
    const [leaning] = await balloonsOn(board + words(230, 280, 'hai ba con voi'));
    expect(leaning?.straight).toBe(true);
    const [round] = await balloonsOn(ellipse(300, 300, 160, 90) + words(210, 290, 'hai ba con voi'));
    expect(round?.straight).toBe(false);
    const tail = '<path d="M280 370l-120 190l190 -190z" fill="#fff" stroke="#111" stroke-width="3"/>';
    const inside = '<ellipse cx="300" cy="300" rx="158" ry="88" fill="#fff"/>';
    const speaking =
      ellipse(300, 300, 160, 90) + tail + inside + words(210, 290, 'hai ba con voi', 'kia to qua');
    const [tailed] = await balloonsOn(speaking);
    expect(tailed?.straight).toBe(false);
  });

  test.each([
    ['words on the page itself', words(210, 290, 'hai ba con voi', 'kia to qua')],
    [
      'an outline that is open',
      `<path d="M140 300a160 90 0 1 1 160 90" fill="none" stroke="#111" stroke-width="3"/>${words(210, 290, 'hai ba con voi')}`,
    ],
    [
      'a face, shaded and with eyes',
      `${ellipse(300, 300, 110, 140)}<path d="M200 330a100 120 0 0 0 200 0" fill="#bbb"/>${ellipse(260, 280, 16, 20, '#222')}${ellipse(340, 280, 16, 20, '#222')}<path d="M250 370q50 30 100 0" fill="none" stroke="#111" stroke-width="4"/>`,
    ],
  ])('is not %s', async (_, drawing) => {
    expect(await balloonsOn(drawing)).toEqual([]);
  });
});
