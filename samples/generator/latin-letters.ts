/**
 * Writes workers/renderer/fonts/latin-letters.json: the outlines of the letters of cards and thumbnails, from Baloo 2
 * ExtraBold, so that no machine needs the font. Run it by hand when the font changes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { letterSize } from '../../workers/renderer/lettering/latin-letters.ts';
import { alphabet } from './alphabet.ts';
import { textPath, textWidth } from './lettering.ts';

const weight = 800;
const drawn = alphabet.map((letter) => {
  const outline = textPath(letter, 0, 0, letterSize, weight)
    .replace(/-?\d+\.\d/g, (number) => String(Math.round(Number(number)) || 0))
    .replaceAll(' -', '-');
  const advance = Number(textWidth(letter, letterSize, weight).toFixed(1));
  return `  ${JSON.stringify(letter)}: ${JSON.stringify({ advance, outline })}`;
});

writeFileSync(
  join(import.meta.dirname, '../../workers/renderer/fonts/latin-letters.json'),
  `{\n${drawn.join(',\n')}\n}\n`,
);
console.log(`${alphabet.length} letters`);
