import sharp from 'sharp';
import { decodePage } from '../decode.ts';
import { pathOf } from '../testing/drawn-letters.fixture.ts';
import { japaneseLetters } from '../testing/japanese-letters.fixture.ts';
import { findLettering } from './find-lettering.ts';
import { isLetteredInSquares } from './square-letters.ts';

const balloon = (x: number, y: number, words: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="130" ry="150" fill="#fff" stroke="#111" stroke-width="3"/>${words}`;

const letter = (of: string, x: number, y: number, size: number) =>
  `<path transform="translate(${x} ${y}) scale(${size / 100})" d="${japaneseLetters[of]}"/>`;

const columns = (x: number, y: number, ...all: string[]) =>
  all
    .flatMap((text, c) => [...text].map((of, i) => letter(of, x + 20 - 44 * c, y - 80 + 34 * i, 30)))
    .join('');

const rows = (x: number, y: number, ...all: string[]) =>
  all.flatMap((text, r) => [...text].map((of, i) => letter(of, x - 90 + 34 * i, y + 44 * r, 30))).join('');

async function looks(image: Uint8Array) {
  const { lettering } = await decodePage(1, image);
  return isLetteredInSquares(lettering, findLettering(lettering).blocks);
}

const drawn = (...balloons: string[]) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1100"><rect width="800" height="1100" fill="#aaa"/>${balloons.join('')}</svg>`,
    ),
  )
    .jpeg()
    .toBuffer();

test.each([
  ['Japanese in columns', columns, ['雨の日になる', '赤い傘が', 'だれが盗', '傘が消える']],
  ['Chinese in rows', rows, ['雨盗赤傘', '消盗雨傘', '傘消赤雨', '赤盗消雨']],
] as const)('%s stands in squares', async (_, set, [a, b, c, d]) => {
  const words = [
    [a, b],
    [c, d],
  ] as const;
  const balloons = words.map((lines, i) => balloon(200 + 380 * i, 300, set(200 + 380 * i, 300, ...lines)));
  expect(await looks(await drawn(...balloons))).toBe(true);
});

test.each(['baloo-2', 'patrick-hand', 'bangers'] as const)('Latin letters do not: %s', async (face) => {
  const words = (x: number, y: number, ...lines: string[]) =>
    lines.map((text, i) => `<path d="${pathOf(text, face, 30, x - 100, y - 40 + 36 * i)}"/>`).join('');
  const balloons = [
    balloon(200, 300, words(200, 300, 'TRỜI SẮP MƯA', 'PHẢI VỀ NHÀ')),
    balloon(580, 300, words(580, 300, 'Ừ nhỉ! Sao anh', 'biết chuyện', 'ấy vậy?')),
  ];
  expect(await looks(await drawn(...balloons))).toBe(false);
});
