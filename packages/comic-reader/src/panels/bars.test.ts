import { iou } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { art, framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { withoutBars } from './bars.ts';
import { findPanels } from './panels.ts';

const rows: Box[] = [
  { x: 40, y: 340, w: 720, h: 350 },
  { x: 40, y: 710, w: 350, h: 380 },
  { x: 410, y: 710, w: 350, h: 380 },
];
const drawn = rows.map((box, i) => framed(i + 1, box)).join('');
const bar = (y: number, h: number, fill: string) =>
  `<rect y="${y}" width="800" height="${h}" fill="${fill}"/>`;
const words = (y: number) =>
  `<path d="${pathOf('Read by night owls', 'patrick-hand', 30, 260, y)}" fill="#fff"/>`;

async function panelsOf(body: string, height: number) {
  return findPanels(await rasterOf(page(body, rows, { height })));
}

describe('bars', () => {
  test('at the foot of a page, with credits on it, is not a panel', async () => {
    const { panels, doubts } = await panelsOf(`${drawn}${bar(1140, 60, '#000')}${words(1180)}`, 1200);
    expect(panels).toHaveLength(3);
    expect(doubts.outside ?? 0).toBeLessThan(0.5);
  });

  test('of an app above and below a page are not panels, in several colours', async () => {
    const bars = `${bar(0, 300, '#000')}${words(50)}${bar(1130, 270, '#000')}${bar(1330, 70, '#333')}`;
    const { panels } = await panelsOf(drawn + bars, 1400);
    expect(panels).toHaveLength(3);
    for (const row of rows) expect(panels.some((panel) => iou(panel, row) > 0.85)).toBe(true);
  });

  test('of an app are not panels where one is as light as the paper and has a slider on it', async () => {
    const slider = '<path d="M90 1360H710" stroke="#888" stroke-width="5"/>';
    const bars = `${bar(0, 300, '#000')}${words(50)}${bar(1130, 270, '#000')}${bar(1320, 80, '#f2f2f7')}${slider}`;
    expect((await panelsOf(drawn + bars, 1400)).panels).toHaveLength(3);
  });

  test('are not what is drawn to the edges of a page', async () => {
    const night = { x: 0, y: 1110, w: 800, h: 290 };
    const pages = [
      `${drawn}${bar(1110, 290, '#113')}${art(7, { ...night, y: 1250, h: 150 })}`,
      art(7, { x: 0, y: 0, w: 800, h: 1400 }),
    ];
    for (const body of pages) {
      const raster = await rasterOf(page(body, rows, { height: 1400 }));
      expect(withoutBars(raster)).toEqual({ page: raster, unsure: false });
    }
  });

  test('as high as a panel make a page doubtful where they are farther from the panels than a gutter is wide', async () => {
    const { panels, doubts } = await panelsOf(`${drawn}${bar(1200, 200, '#b8312f')}`, 1400);
    expect(panels).toHaveLength(4);
    expect(doubts.sliver).toBeGreaterThan(0.5);
    const near = await panelsOf(`${drawn}${bar(1110, 290, '#b8312f')}`, 1400);
    expect(near.panels).toHaveLength(4);
    expect(near.doubts.sliver).toBeUndefined();
  });
});
