/**
 * Writes workers/renderer/lettering/latin-letters.ts: the outlines of the letters of cards and thumbnails, so that no
 * machine needs the font. Run it by hand when the font changes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alphabet } from './alphabet.ts';
import { textPath, textWidth } from './lettering.ts';

const size = 100;
const drawn = alphabet.map((letter) => {
  const path = textPath(letter, 0, 0, size, 800)
    .replace(/-?\d+\.\d/g, (number) => String(Math.round(Number(number)) || 0))
    .replaceAll(' -', '-');
  return `  ${JSON.stringify(letter)}: [${textWidth(letter, size, 800).toFixed(1)}, '${path}'],`;
});

writeFileSync(
  join(import.meta.dirname, '..', '..', 'workers', 'renderer', 'lettering', 'latin-letters.ts'),
  `// Made by samples/generator/latin-letters.ts from Baloo 2 ExtraBold (SIL Open Font License 1.1).

/** Height of the letters' square, in the units of what follows. */
export const letterSize = ${size};

/** Letter → its advance, and its outline as SVG path data on the baseline at 0. */
export const latinLetters: Readonly<Record<string, readonly [advance: number, outline: string]>> = {
${drawn.join('\n')}
};
`,
);
console.log(`${alphabet.length} letters`);
