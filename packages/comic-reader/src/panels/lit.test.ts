import { iou } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { lit } from './lit.ts';
import { findPanels } from './panels.ts';

const night: Box = { x: 40, y: 40, w: 720, h: 700 };
const day: Box = { x: 40, y: 760, w: 720, h: 400 };
const inset: Box = { x: 500, y: 480, w: 230, h: 230 };
/** A scene in dark colours, with shapes that reach its sides. */
const dark = (id: string, { x, y, w, h }: Box) =>
  `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath><g clip-path="url(#${id})"><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#234"/><circle cx="${x}" cy="${y + h / 3}" r="${w / 4}" fill="#565"/><circle cx="${x + w / 2}" cy="${y + h}" r="${w / 3}" fill="#545870"/><circle cx="${x + w}" cy="${y + h / 4}" r="${w / 5}" fill="#443"/><circle cx="${x + w * 0.6}" cy="${y}" r="${w / 6}" fill="#666"/></g><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#080808" stroke-width="5"/>`;
const sky = `<rect x="40" y="760" width="720" height="400" fill="#bcd" stroke="#111" stroke-width="5"/><circle cx="200" cy="900" r="90" fill="#678"/>`;

describe('a dark picture', () => {
  test('is lit before panels on it are looked for, since their frames are hardly darker than its art', async () => {
    const raster = await rasterOf(page(dark('a', night) + dark('b', inset) + sky, []));
    const { panels, doubts } = findPanels(raster);
    const isFound = panels.some((panel) => iou(panel, inset) > 0.85);
    expect(isFound || (doubts.inset ?? 0) > 0.5).toBe(true);
  });

  test('is not taken for two if nothing is on it', async () => {
    const raster = await rasterOf(page(dark('a', night) + sky, []));
    expect(findPanels(raster)).toMatchObject({ panels: { length: 2 }, doubts: {} });
  });

  test('has the light of a picture on paper, and the rest of the page stays as it is', async () => {
    const raster = await rasterOf(page(dark('a', night) + sky, []));
    const bright = lit(raster, [night, day]);
    const at = (x: number, y: number) => 3 * (y * raster.width + x);
    expect(bright?.data[at(400, 700) + 2]).toBe(255);
    expect(bright?.data[at(500, 900) + 1]).toBe(raster.data[at(500, 900) + 1]);
    expect(lit(raster, [day])).toBeNull();
  });
});
