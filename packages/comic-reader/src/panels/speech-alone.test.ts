import { iou } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { pathOf, widthOf } from '../testing/drawn-letters.fixture.ts';
import { framed, page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';
import { isSpeechAlone } from './speech-alone.ts';

const pastel = '#cdb4db';
const said = (cx: number, cy: number, text = 'Who is there?') =>
  `<path d="${pathOf(text, 'patrick-hand', 28, cx - widthOf(text, 'patrick-hand', 28) / 2, cy + 9)}"/>`;
const balloon = (cx: number, cy: number) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="130" ry="60" fill="#fff" stroke="#111" stroke-width="6"/>${said(cx, cy)}`;
const caption = ({ x, y, w, h }: Box) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#fff" stroke="#111" stroke-width="4"/>${said(x + w / 2, y + h / 2)}`;
const box: Box = { x: 200, y: 100, w: 400, h: 130 };
const rasterOn = async (body: string) =>
  rasterOf(page(body, [], { ground: pastel, width: 800, height: 340 }), 400);
const half = ({ x, y, w, h }: Box): Box => ({ x: x / 2, y: y / 2, w: w / 2, h: h / 2 });

describe('speech alone', () => {
  test('is a balloon or a caption on even ground', async () => {
    const around = half({ x: 270, y: 104, w: 260, h: 120 });
    expect(isSpeechAlone(await rasterOn(balloon(400, 164)), around)).toBe(true);
    expect(isSpeechAlone(await rasterOn(caption(box)), half(box))).toBe(true);
  });

  test('is not a white picture whose frame cuts something off, with a balloon on it', async () => {
    const person = `<circle cx="480" cy="200" r="60" fill="#333"/><rect x="300" y="232" width="400" height="40" fill="${pastel}"/>`;
    expect(isSpeechAlone(await rasterOn(caption(box) + person), half(box))).toBe(false);
  });

  test('is not an even picture with one small thing on it', async () => {
    const bird = '<path d="M380 160q10 -20 20 0q10 -20 20 0" fill="none" stroke="#111" stroke-width="4"/>';
    const sky = `<rect x="200" y="100" width="400" height="130" fill="#9fc4e0" stroke="#111" stroke-width="4"/>`;
    expect(isSpeechAlone(await rasterOn(sky + bird), half(box))).toBe(false);
  });

  test('is not a panel of a strip on a coloured ground', async () => {
    const panels: Box[] = [
      { x: 0, y: 300, w: 640, h: 600 },
      { x: 120, y: 1200, w: 680, h: 500 },
      { x: 60, y: 2000, w: 600, h: 480 },
    ];
    const drawn = panels.map((panel, i) => framed(i + 1, panel)).join('');
    const strip = page(`${drawn}${balloon(300, 150)}${balloon(500, 1050)}${balloon(420, 1850)}`, panels, {
      ...{ ground: pastel, width: 800, height: 2600 },
    });
    const { panels: found } = findPanels(await rasterOf(strip, 400));
    expect(found).toHaveLength(3);
    for (const [i, panel] of panels.entries()) expect(iou(half(panel), found[i] as Box)).toBeGreaterThan(0.8);
  });
});
