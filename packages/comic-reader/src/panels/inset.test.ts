import type { Box } from '../page/page.ts';
import { framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';

const rows: Box[] = [
  { x: 40, y: 40, w: 720, h: 550 },
  { x: 40, y: 610, w: 720, h: 550 },
];
const inset: Box = { x: 460, y: 320, w: 220, h: 180 };
/** Dark art that is as dark as a frame beside it looks. */
const night = `<rect x="40" y="40" width="720" height="550" fill="#123"/><circle cx="300" cy="300" r="120" fill="#345"/>`;
const ring = (colour: string, { x, y, w, h }: Box) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${colour}" stroke-width="14"/>`;
const doubtsAbout = async (over: string) => {
  const body = rows.map((box, i) => framed(i + 1, box)).join('') + night + over;
  return findPanels(await rasterOf(page(body, rows), 667)).doubts;
};
const small = `<rect x="460" y="320" width="220" height="180" fill="#234"/><circle cx="560" cy="420" r="50" fill="#456"/>`;

describe('a picture on a dark one', () => {
  test.each(['#000', '#ccc'])('makes the page doubtful by a thick frame in %s', async (colour) => {
    expect((await doubtsAbout(small + ring(colour, inset))).inset).toBeGreaterThan(0.5);
  });

  test('is not what has such a frame on three sides', async () => {
    const open = '<path d="M460 500V320H680V500" fill="none" stroke="#000" stroke-width="14"/>';
    expect((await doubtsAbout(small + open)).inset ?? 0).toBeLessThan(0.5);
  });
});
