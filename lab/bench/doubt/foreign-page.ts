import sharp from 'sharp';
import type { Box } from '../../../domain/page.ts';
import { framed } from '../../../packages/comic-reader/src/testing/drawn-pages.fixture.ts';
import { japaneseLetters } from '../../../packages/comic-reader/src/testing/japanese-letters.fixture.ts';
import { between, type Chance, chanceOf, pick } from '../panels/drawn/chance.ts';
import koreanInPrint from './letters/noto-serif-kr.json' with { type: 'json' };
import japaneseByHand from './letters/yusei-magic.json' with { type: 'json' };
import chineseByHand from './letters/zcool-kuaile.json' with { type: 'json' };

/** Outlines of a few letters as SVG path data, 100 units high, on the baseline at 0; letters/LICENSE names the fonts. */
const faces = {
  'Japanese in print': { letters: japaneseLetters, isDown: true },
  'Japanese by hand': { letters: japaneseByHand, isDown: true },
  'Chinese by hand': { letters: chineseByHand, isDown: false },
  'Korean in print': { letters: koreanInPrint, isDown: false },
} as const;

/** Lettering in a script that is not Latin. */
export type Script = keyof typeof faces;

const panels: Box[] = [0, 1, 2].map((row) => ({ x: 40, y: 40 + 440 * row, w: 920, h: 420 }));

/** Draws a page of three panels with two bubbles each, in columns or rows, depending on the script. */
export function foreignPage(
  script: Script,
  seed: number,
): { panels: Box[]; lettered: string[]; image(): Promise<Uint8Array> } {
  const { letters, isDown } = faces[script];
  const chance = chanceOf(seed);
  const size = between(chance, 22, 36);
  const lettered: string[] = [];
  const bubbles = panels.flatMap(({ x, y, w }) =>
    [x + w - 170, x + 170].map((middle) => {
      const runs = Array.from({ length: between(chance, 2, 3) }, () => runOf(chance, letters));
      lettered.push(runs.flat().join(''));
      return bubble(runs, { middle, top: y + 210, size, isDown, letters });
    }),
  );
  const art = panels.map((box, row) => framed(seed * 3 + row, box)).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1360"><rect width="1000" height="1360" fill="#fff"/>${art}${bubbles.join('')}</svg>`;
  return { panels, lettered, image: () => sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer() };
}

const runOf = (chance: Chance, letters: Readonly<Record<string, string>>): string[] =>
  Array.from({ length: between(chance, 4, 7) }, () => pick(chance, Object.keys(letters)));

interface Place {
  middle: number;
  top: number;
  size: number;
  isDown: boolean;
  letters: Readonly<Record<string, string>>;
}

/** Draws an ellipse with runs of letters: columns from the right, or rows from the top. */
function bubble(runs: readonly string[][], { middle, top, size, isDown, letters }: Place): string {
  const step = size * 1.12;
  const between = size * 1.4;
  const longest = Math.max(...runs.map(({ length }) => length));
  const at = (run: number, letter: number): [number, number] => {
    const across = ((runs.length - 1) / 2 - run) * between;
    const along = (letter - (longest - 1) / 2) * step;
    return isDown ? [middle + across, top + along] : [middle + along, top - across];
  };
  const text = runs.flatMap((run, i) =>
    run.map((letter, j) => {
      const [x, y] = at(i, j);
      return `<path transform="translate(${(x - size / 2).toFixed(1)} ${(y + size * 0.38).toFixed(1)}) scale(${size / 100})" d="${letters[letter]}"/>`;
    }),
  );
  const [along, across] = [(longest * step) / 2 + size, (runs.length * between) / 2 + size];
  const [rx, ry] = isDown ? [across, along] : [along, across];
  return `<ellipse cx="${middle}" cy="${top}" rx="${rx}" ry="${ry}" fill="#fff" stroke="#111" stroke-width="3"/>${text.join('')}`;
}
