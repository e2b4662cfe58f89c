import sharp from 'sharp';
import { withLooks } from '../reading/letter-look.ts';
import type { LetterLook } from '../reading/looks.ts';
import { type Face, pathOf, widthOf } from '../testing/drawn-letters.fixture.ts';
import { lookCost } from './look-costs.ts';

/** Returns the look of each letter of a word that is drawn as one text and read as another. */
async function looksOf(drawn: string, read: string, face: Face): Promise<(LetterLook | null)[]> {
  const size = 36;
  const box = { x: 20, y: 30, w: Math.ceil(widthOf(drawn, face, size)), h: 32 };
  const path = pathOf(drawn, face, size, box.x, box.y + 30);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${box.w + 40}" height="90"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = { width: info.width, height: info.height, channels: 1 as const, data };
  const [[word] = []] = withLooks(picture, [[[{ text: read, confidence: 90, box }]]])[0] ?? [];
  return word?.looks ?? [];
}

const faces: Face[] = ['patrick-hand', 'baloo-2'];

describe.each(faces)('letters of %s', (face) => {
  test.each([
    ['TAO', 'TẠO', 1],
    ['TẠO', 'TAO', 1],
    ['ĐÂU', 'ĐẦU', 1],
    ['ĐẦU', 'ĐÂU', 1],
    ['HẢ', 'HÀ', 1],
    ['MÁ', 'MÀ', 1],
    ['SĨ', 'SÍ', 1],
    ['nhe', 'nhé', 2],
    ['nhé', 'nhe', 2],
    ['sẽ', 'sẻ', 1],
    ['vây', 'vâu', 2],
  ])('drawn as %s are not those of %s', async (drawn, read, at) => {
    const look = (await looksOf(drawn, read, face))[at] ?? null;
    expect(lookCost([...drawn][at] as string, look)).toBeLessThan(1);
    expect(lookCost([...read][at] as string, look)).toBeGreaterThanOrEqual(1);
  });
});

test('letters that touch have no look', async () => {
  const looks = await looksOf('HI', 'HIM', 'patrick-hand');
  expect(looks.filter((look) => look === null).length).toBeGreaterThan(0);
});
