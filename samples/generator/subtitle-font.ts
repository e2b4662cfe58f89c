/**
 * Writes workers/renderer/subtitles/subtitle-font.ts: the font of burnt-in subtitles, so that they look the same on
 * every machine and lack no letter. Baloo 2 has one file per alphabet; this joins those that Vietnamese needs. Run it
 * by hand when the font changes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype from 'opentype.js';
import { alphabet } from './alphabet.ts';
import { glyphOf } from './lettering.ts';

const weight = 600;
const { unitsPerEm } = glyphOf('a', weight);

const glyphs = alphabet.map((letter, index) => {
  const { glyph } = glyphOf(letter, weight);
  const path = new opentype.Path();
  // Y points down on screen, but up in a font.
  for (const { type, x = 0, y = 0, x1 = 0, y1 = 0 } of glyph.getPath(0, 0, unitsPerEm).commands) {
    if (type === 'M') path.moveTo(x, -y);
    else if (type === 'L') path.lineTo(x, -y);
    else if (type === 'Q') path.quadTo(x1, -y1, x, -y);
    else if (type === 'Z') path.close();
    else throw new Error(`${letter} is drawn with ${type}`);
  }
  const advanceWidth = Math.round(glyph.advanceWidth);
  return new opentype.Glyph({
    name: `letter${index}`,
    unicode: letter.codePointAt(0) as number,
    advanceWidth,
    path,
  });
});
const missing = new opentype.Glyph({
  name: '.notdef',
  advanceWidth: unitsPerEm / 2,
  path: new opentype.Path(),
});

const font = new opentype.Font({
  familyName: 'Manga Subtitles',
  styleName: 'Regular',
  unitsPerEm,
  // Space for two marks above a capital.
  ascender: Math.round(1.05 * unitsPerEm),
  descender: Math.round(-0.35 * unitsPerEm),
  glyphs: [missing, ...glyphs],
  copyright: 'Copyright 2019 The Baloo 2 Project Authors (https://github.com/EkType/Baloo2)',
  license: 'SIL Open Font License, Version 1.1',
});

const base64 = Buffer.from(font.toArrayBuffer()).toString('base64');
writeFileSync(
  join(import.meta.dirname, '..', '..', 'workers', 'renderer', 'subtitles', 'subtitle-font.ts'),
  `// Made by samples/generator/subtitle-font.ts from Baloo 2 SemiBold (SIL Open Font License 1.1).

export const subtitleFontName = 'Manga Subtitles';

/** An OpenType font with every letter of Vietnamese, in base64. */
export const subtitleFont =
  '${base64}';
`,
);
console.log(`${alphabet.length} letters, ${Math.round((base64.length * 3) / 4 / 1024)} KB`);
