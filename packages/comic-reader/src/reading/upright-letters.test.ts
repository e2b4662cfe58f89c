import sharp from 'sharp';
import type { Raster } from '../image/raster.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { withLooks } from './letter-look.ts';

async function pictureOf(letter: string, size: number, blur: number): Promise<Raster> {
  const path = pathOf(letter, 'patrick-hand', size, 20, 60);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#fff"/><path d="${path}"/></svg>`;
  const picture = sharp(Buffer.from(svg)).blur(blur).greyscale().raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 1, data };
}

test.each([
  ['H', 34, 0.4],
  ['M', 34, 0.4],
  ['H', 34, 1.2],
  ['M', 34, 1.2],
  ['H', 40, 0.8],
  ['M', 40, 0.8],
])(
  'a handwritten %s of %i pixels, blurred by %f, that was read as H is recognized by its shape',
  async (letter, size, blur) => {
    const read = { text: 'H', confidence: 90, box: { x: 0, y: 0, w: 80, h: 80 } };
    const words = [[{ ...read, choices: [[{ letter: 'H', confidence: 90 }]] }]];
    const [[[seen]]] = withLooks(await pictureOf(letter, size, blur), [words]) as [[[typeof read]]];
    expect(seen.text).toBe(letter);
  },
);
