import sharp from 'sharp';
import type { PageAnalysis, Panel } from '../../../domain/page.ts';
import { panelPictures, pictureTokens } from './pictures.ts';

const panel = (position: number, x: number, y: number, w: number, h: number): Panel => ({
  id: `p001-${position}`,
  bubbles: [],
  ...{ x, y, w, h },
});

async function shown(width: number, height: number, panels: Panel[], noise = false) {
  const page: PageAnalysis = { number: 1, width, height, panels };
  const create = { width, height, channels: 3 as const, background: '#789' };
  const drawn = noise ? { ...create, noise: { type: 'gaussian' as const, mean: 128, sigma: 90 } } : create;
  const image = await sharp({ create: drawn }).png({ compressionLevel: 0 }).toBuffer();
  const pictures = await panelPictures(image, page, panels);
  for (const { jpeg, width, height } of pictures)
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width, height });
  return pictures;
}

test('cuts panels out, small ones unchanged, large ones scaled down', async () => {
  const pictures = await shown(1600, 1200, [panel(1, 0, 0, 300, 200), panel(2, 300, 0, 1300, 1200)]);
  expect(pictures.map(({ label, width, height }) => [label, width, height])).toEqual([
    ['p001-1', 300, 200],
    ['p001-2', 768, 709],
  ]);
});

test('shows a long panel of a strip in parts, wide enough to be read', async () => {
  const pictures = await shown(800, 4000, [panel(1, 0, 0, 800, 4000)]);
  expect(pictures.map(({ label }) => label)).toEqual(
    ['1/4', '2/4', '3/4', '4/4'].map((part) => `p001-1 (${part})`),
  );
  for (const { width } of pictures) expect(width).toBeGreaterThan(500);
});

test('shows a wide panel whole, because a cut would go through the middle figure', async () => {
  const pictures = await shown(1200, 500, [panel(1, 0, 0, 1200, 500)]);
  expect(pictures.map(({ label, width, height }) => [label, width, height])).toEqual([['p001-1', 768, 320]]);
});

test('the parts of a panel overlap at their cuts, and the last one ends with the panel', async () => {
  const page: PageAnalysis = { number: 1, width: 100, height: 300, panels: [panel(1, 0, 0, 100, 300)] };
  const drawn = Buffer.alloc(100 * 300, 255);
  // A black line just below the first half.
  drawn.fill(0, 155 * 100, 158 * 100);
  const image = await sharp(drawn, { raw: { width: 100, height: 300, channels: 1 } })
    .png()
    .toBuffer();
  const pictures = await panelPictures(image, page, page.panels);
  expect(pictures.map(({ height }) => height)).toEqual([173, 150]);
  for (const { jpeg } of pictures) expect((await sharp(jpeg).stats()).channels[0]?.min).toBeLessThan(60);
});

test('a page of many panels stays within its limits of pixels and bytes', async () => {
  const panels = Array.from({ length: 16 }, (_, i) =>
    panel(i + 1, (i % 4) * 750, Math.floor(i / 4) * 750, 750, 750),
  );
  const pictures = await shown(3000, 3000, panels, true);
  expect(pictures.reduce((sum, { width, height }) => sum + width * height, 0)).toBeLessThan(3_100_000);
  expect(pictures.reduce((sum, picture) => sum + pictureTokens(picture), 0)).toBeLessThan(4200);
  for (const { jpeg } of pictures) expect(jpeg.byteLength).toBeLessThan(350_000);
});

test('a noisy panel stays within its limit of bytes', async () => {
  const [picture] = await shown(1000, 1000, [panel(1, 0, 0, 1000, 1000)], true);
  expect(picture?.jpeg.byteLength).toBeLessThan(350_000);
});

test('crops a panel that extends over the edge', async () => {
  expect(await shown(100, 100, [panel(1, 90, 90, 50, 50), panel(2, 100, 0, 10, 10)])).toHaveLength(2);
});
