/**
 * Writes workers/renderer/cover-letters.ts: the outlines that thumbnails are lettered with, so that no machine needs
 * the font. Run by hand when the font changes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textPath, textWidth } from './lettering.ts';

const size = 100;
const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const vowels = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'];
const marked = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')));
const plain = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const signs = [...'đĐ–—…‘’“”«»·•'];

const letters = [...new Set([...plain, ...marked, ...signs])].sort();
const drawn = letters.map((letter) => {
  const path = textPath(letter, 0, 0, size, 800)
    .replace(/-?\d+\.\d/g, (number) => String(Math.round(Number(number)) || 0))
    .replaceAll(' -', '-');
  return `  ${JSON.stringify(letter)}: [${textWidth(letter, size, 800).toFixed(1)}, '${path}'],`;
});

writeFileSync(
  join(import.meta.dirname, '..', '..', 'workers', 'renderer', 'cover-letters.ts'),
  `// Made by samples/generator/cover-letters.ts from Baloo 2 ExtraBold (SIL Open Font License 1.1).

/** Height of the letters' square, in the units of what follows. */
export const letterSize = ${size};

/** Letter → its advance, and its outline as SVG path data on the baseline at 0. */
export const coverLetters: Readonly<Record<string, readonly [advance: number, outline: string]>> = {
${drawn.join('\n')}
};
`,
);
console.log(`${letters.length} letters`);
