import sharp from 'sharp';
import type { Box } from '../../domain/page.ts';
import { framed } from '../../providers/vision/drawn-pages.fixture.ts';
import { japaneseLetters } from '../../providers/vision/japanese-letters.fixture.ts';

const letters = Object.keys(japaneseLetters);
const panels: Box[] = [0, 1, 2].map((row) => ({ x: 40, y: 40 + 440 * row, w: 920, h: 420 }));

/** Letters of a column, from the top; the same for the same seed. */
const column = (seed: number, length: number) =>
  Array.from({ length }, (_, index) => letters[(seed * 7 + index * 3) % letters.length] ?? '');

const drawn = (text: readonly string[], x: number, top: number) =>
  text
    .map(
      (letter, i) =>
        `<path transform="translate(${x} ${top + 36 * i}) scale(0.32)" d="${japaneseLetters[letter]}"/>`,
    )
    .join('');

/** A page of three panels, in each two bubbles with Japanese in two columns. */
export function japanesePage(seed: number): {
  panels: Box[];
  lettered: string[];
  image(): Promise<Uint8Array>;
} {
  const lettered: string[] = [];
  const bubbles = panels.flatMap(({ x, y, w }, row) =>
    [0, 1].map((place) => {
      const middle = place === 0 ? x + w - 160 : x + 160;
      const columns = [0, 1].map((own) => column(seed + 5 * row + 2 * place + own, 6));
      lettered.push(columns.map((letters) => letters.join('')).join(''));
      const text = columns.map((one, own) => drawn(one, middle + 10 - 44 * own, y + 110)).join('');
      return `<ellipse cx="${middle}" cy="${y + 200}" rx="110" ry="150" fill="#fff" stroke="#111" stroke-width="3"/>${text}`;
    }),
  );
  const art = panels.map((box, row) => framed(seed * 3 + row, box)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1360"><rect width="1000" height="1360" fill="#fff"/>${art}${bubbles.join('')}</svg>`;
  return { panels, lettered, image: () => sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer() };
}
