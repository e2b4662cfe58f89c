import type { Box } from '../page/page.ts';
import { art, framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';

const upper: Box = { x: 40, y: 40, w: 720, h: 600 };
const lower: Box = { x: 40, y: 680, w: 720, h: 480 };
const band = '<rect y="320" width="800" height="40" fill="#fff"/>';
const puffs = [90, 50, 110, 70, 120, 60, 100].map(
  (r, i) => `<circle cx="${130 * i}" cy="340" r="${r}" fill="#fff"/>`,
);

const panelsOf = async (over: string) =>
  findPanels(await rasterOf(page(art(1, upper) + over + framed(2, lower), []))).panels;

describe('white from one side of a frameless picture to the other', () => {
  test('is a cloud where the art above and below it has no straight edge', async () => {
    expect(await panelsOf(band + puffs.join(''))).toHaveLength(2);
  });

  test('is a gutter where it has', async () => {
    expect(await panelsOf(band)).toHaveLength(3);
  });
});
