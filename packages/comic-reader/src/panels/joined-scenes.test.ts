import { iou } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { pathOf, widthOf } from '../testing/drawn-letters.fixture.ts';
import { framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { withoutJoins } from './joined-scenes.ts';
import { findPanels } from './panels.ts';

const said = (cx: number, cy: number, text = 'Where did you hide it?') =>
  `<path d="${pathOf(text, 'patrick-hand', 28, cx - widthOf(text, 'patrick-hand', 28) / 2, cy + 9)}"/>`;
const balloon = (cx: number, cy: number) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="160" ry="80" fill="#fff" stroke="#111" stroke-width="6"/>${said(cx, cy)}`;
const person = `<rect x="300" y="700" width="160" height="700" fill="#b33"/><circle cx="380" cy="640" r="90" fill="#fda" stroke="#111" stroke-width="6"/><rect x="330" y="900" width="100" height="200" fill="#357"/>`;

const panels: Box[] = [
  { x: 60, y: 200, w: 620, h: 700 },
  { x: 160, y: 1030, w: 640, h: 600 },
  { x: 0, y: 1900, w: 700, h: 600 },
];
const strip = (over: string, ground = '#fff') =>
  rasterOf(
    page(panels.map((panel, i) => framed(i + 1, panel)).join('') + over, panels, {
      ...{ ground, width: 800, height: 2700 },
    }),
    400,
  );
const half = ({ x, y, w, h }: Box): Box => ({ x: x / 2, y: y / 2, w: w / 2, h: h / 2 });
const expectPanels = (found: readonly Box[]) => {
  expect(found).toHaveLength(panels.length);
  for (const panel of panels) expect(found.some((box) => iou(box, half(panel)) > 0.8)).toBe(true);
};

describe('panels of a strip that are joined', () => {
  test.each(['#fff', '#cdb4db', '#20243a'])('by a balloon on %s are two', async (ground) => {
    const { panels: found, doubts } = findPanels(await strip(balloon(420, 965), ground));
    expectPanels(found);
    expect(doubts.outside ?? 0).toBeLessThan(0.5);
  });

  test('by a balloon whose lettering a panel continues behind are two', async () => {
    expectPanels(findPanels(await strip(balloon(420, 905), '#cdb4db')).panels);
  });

  test('by a person are two, and doubtful', async () => {
    const { panels: found, doubts } = findPanels(await strip(person, '#cdb4db'));
    expectPanels(found);
    expect(doubts.outside).toBeGreaterThan(0.5);
  });

  test('by the lines of their frame are one', async () => {
    const wall = `<rect x="60" y="440" width="620" height="120" fill="#cdb4db" stroke="#111" stroke-width="4"/>`;
    const given = await strip(wall, '#cdb4db');
    expect(withoutJoins(given)).toEqual({ page: given, unsure: false });
  });

  test('leave the given page as it was', async () => {
    const given = await strip(balloon(420, 965));
    const before = Uint8Array.from(given.data);
    expect(withoutJoins(given).page).not.toBe(given);
    expect(Buffer.compare(before, given.data)).toBe(0);
  });
});
