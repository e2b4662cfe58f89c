import type { Box } from '../../domain/page.ts';
import { adversarial, art, page, rasterOf } from './drawn-pages.fixture.ts';
import { findPanels } from './panels.ts';
import { iou } from './raster.ts';
import { readingOrder } from './reading-order.ts';

describe('finding panels', () => {
  test.each(Object.entries(adversarial))('reads %s', async (_, drawn) => {
    const raster = await rasterOf(drawn, 667);
    const scale = drawn.width / 667;

    const { panels: found } = findPanels(raster);
    const inOrder = readingOrder(found, 'ltr', raster).order.map((i) => found[i]);

    expect(inOrder).toHaveLength(drawn.panels.length);
    for (const [i, panel] of drawn.panels.entries()) {
      const { x, y, w, h } = inOrder[i] as (typeof found)[number];
      expect(iou({ x: x * scale, y: y * scale, w: w * scale, h: h * scale }, panel)).toBeGreaterThan(0.85);
    }
  });

  test('parts a strip at its empty stretches, white and black', async () => {
    const scenes = [
      { x: 0, y: 100, w: 400, h: 500 },
      { x: 0, y: 760, w: 400, h: 300 },
      { x: 0, y: 1500, w: 400, h: 480 },
    ];
    const night = '<rect x="0" y="1200" width="400" height="900" fill="#000"/>';
    const rain = `<path d="${Array.from({ length: 60 }, (_, i) => `M-200 ${i * 40}l800 300`).join('')}" stroke="#333" stroke-width="7"/>`;
    const drawnScene = (b: Box, i: number) =>
      `<clipPath id="s${i}"><rect x="${b.x}" y="${b.y}" width="${b.w}" height="${b.h}"/></clipPath><g clip-path="url(#s${i})">${art(i + 1, b)}${rain}</g>`;
    const strip = page(night + scenes.map(drawnScene).join(''), scenes, {
      width: 400,
      height: 2100,
    });

    const { panels: found } = findPanels(await rasterOf(strip));

    expect(found).toHaveLength(3);
    for (const [i, box] of scenes.entries()) expect(iou(box, found[i] as typeof box)).toBeGreaterThan(0.85);
  });

  test('keeps boxes inside the page', async () => {
    for (const drawn of Object.values(adversarial).slice(0, 4)) {
      const raster = await rasterOf(drawn, 300);
      for (const { x, y, w, h } of findPanels(raster).panels) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + w).toBeLessThanOrEqual(raster.width);
        expect(y + h).toBeLessThanOrEqual(raster.height);
      }
    }
  });
});
