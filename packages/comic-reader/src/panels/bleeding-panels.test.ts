import { page, rasterOf } from '../testing/drawn-pages.fixture.ts';
import { bleedingPanels } from './bleeding-panels.ts';
import { rulesFor } from './gutter-rules.ts';

async function panelsOn(svg: string) {
  const raster = await rasterOf(page(svg, []));
  return bleedingPanels(raster, rulesFor(raster));
}
const whole = [{ x: 0, y: 0, w: 800, h: 1200 }];
const ground = '<rect width="800" height="1200" fill="#345"/>';
const lines = (every: number) =>
  Array.from({ length: Math.ceil(1200 / every) }, (_, i) => `M0 ${i * every}H800`).join('');

test('divides a page at gutters that reach from one edge of the page to the other', async () => {
  expect(
    await panelsOn(`${ground}<path d="M0 600H800M300 600V1200" stroke="#fff" stroke-width="10"/>`),
  ).toEqual([
    { x: 0, y: 0, w: 800, h: 595 },
    { x: 0, y: 605, w: 295, h: 595 },
    { x: 305, y: 605, w: 495, h: 595 },
  ]);
});

test.each([
  ['a band with a curved side', `${ground}<path d="M0 600Q400 500 800 600V640H0Z" fill="#fff"/>`],
  ['a band that ends within the picture', `${ground}<path d="M0 600H700" stroke="#fff" stroke-width="10"/>`],
  ['a band too broad for a gutter', `${ground}<path d="M0 600H800" stroke="#fff" stroke-width="90"/>`],
  ['the gaps of a blind', `<path d="${lines(24)}" stroke="#345" stroke-width="12"/>`],
  ['a road with white above and below it', `<rect y="500" width="800" height="300" fill="#345"/>`],
  ['a page with margins', '<path d="M60 60H740V590H60ZM60 610H740V1140H60Z" fill="#345"/>'],
])('does not divide a page at %s', async (_, svg) => expect(await panelsOn(svg)).toEqual(whole));

test.each([1, 2, 3, 7, 20])('has an answer for a page of %i pixels', (side) => {
  const raster = { width: side, height: side, channels: 3, data: new Uint8Array(side * side * 3) } as const;
  expect(bleedingPanels(raster, rulesFor(raster))).toEqual([{ x: 0, y: 0, w: side, h: side }]);
});
