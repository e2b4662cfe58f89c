import sharp from 'sharp';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { sharpnessOf } from './sharpness.ts';

const svg = (body: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#fff"/>${body}</svg>`,
  );

async function sharpnessIn(body: string, blur = 0): Promise<number> {
  const drawn = blur > 0 ? sharp(svg(body)).blur(blur) : sharp(svg(body));
  const { data, info } = await drawn.greyscale().raw().toBuffer({ resolveWithObject: true });
  return sharpnessOf({ width: info.width, height: info.height, channels: 1, data });
}

const words = [60, 110, 160, 210, 260]
  .map((y) => `<path d="${pathOf('Hai ba con voi kia', 'baloo-2', 36, 20, y)}"/>`)
  .join('');

test('falls with blur, to less than lettering can be found at', async () => {
  expect(await sharpnessIn(words)).toBeGreaterThan(0.6);
  expect(await sharpnessIn(words, 1.2)).toBeGreaterThan(0.4);
  expect(await sharpnessIn(words, 4)).toBeLessThan(0.3);
});

test('is low if the page is blurred so much that it has no edges', async () => {
  const blocks = [40, 160, 280].map((x) => `<rect x="${x}" y="40" width="70" height="220"/>`).join('');
  expect(await sharpnessIn(blocks)).toBe(1);
  expect(await sharpnessIn(blocks, 12)).toBeLessThan(0.3);
});

test('is 1 if only a soft shade is drawn', async () => {
  const shade = `<linearGradient id="g"><stop offset="0"/><stop offset="1" stop-color="#fff"/></linearGradient><rect width="400" height="300" fill="url(#g)"/>`;
  expect(await sharpnessIn(shade)).toBe(1);
});
