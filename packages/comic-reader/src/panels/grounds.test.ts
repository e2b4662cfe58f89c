import { iou } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { art, framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { partsByGround } from './grounds.ts';
import { findPanels } from './panels.ts';

const now: Box[] = [
  { x: 40, y: 40, w: 350, h: 260 },
  { x: 410, y: 40, w: 350, h: 260 },
];
const remembered: Box[] = [
  { x: 40, y: 340, w: 720, h: 400 },
  { x: 40, y: 760, w: 350, h: 400 },
  { x: 410, y: 760, w: 350, h: 400 },
];
const black = (y: number, h: number) => `<rect y="${y}" width="800" height="${h}" fill="#000"/>`;
const framesOf = (panels: readonly Box[]) => panels.map((panel, i) => framed(i + 1, panel)).join('');
const both = page(black(320, 880) + framesOf([...now, ...remembered]), [...now, ...remembered]);

test('panels on white and panels on black are found, each on their ground', async () => {
  const { panels, undivided, doubts } = findPanels(await rasterOf(both));
  expect(panels).toHaveLength(5);
  for (const panel of both.panels) expect(panels.some((box) => iou(box, panel) > 0.8)).toBe(true);
  expect(undivided).toBe(false);
  expect(Math.max(0, ...Object.values(doubts))).toBeLessThan(0.5);
});

test('a ground can come back', async () => {
  const twice = page(black(320, 430) + framesOf([...now, ...remembered]), both.panels);
  const parts = partsByGround(await rasterOf(twice));
  expect(parts.map(({ y, h }) => [y, h])).toEqual([
    [0, 320],
    [320, 430],
    [750, 450],
  ]);
});

test.each([
  ['one ground', framesOf([...now, ...remembered])],
  [
    'a dark picture from side to side between the margins',
    `${framesOf(now)}${art(7, { x: 0, y: 340, w: 800, h: 820 })}`,
  ],
  ['black on one side only', `<rect y="320" width="400" height="880" fill="#000"/>${framesOf(remembered)}`],
  ['a black line across the page', `${black(315, 10)}${framesOf([...now, ...remembered])}`],
])('a page with %s is one part', async (_, svg) => {
  expect(partsByGround(await rasterOf(page(svg, [])))).toHaveLength(1);
});

test('a night without panels below panels on white is one picture', async () => {
  const moon =
    '<circle cx="600" cy="500" r="80" fill="#eee"/><path d="M100 1200L300 700L520 1200Z" fill="#444"/>';
  const night = { x: 0, y: 320, w: 800, h: 880 };
  const { panels } = findPanels(await rasterOf(page(black(320, 880) + moon + framesOf(now), [])));
  expect(panels).toHaveLength(3);
  expect(panels.some((box) => iou(box, night) > 0.8)).toBe(true);
});
