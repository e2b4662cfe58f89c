/**
 * Writes workers/renderer/fonts/subtitles/manga-subtitles.otf: the font of burnt-in subtitles, so that they look the
 * same on every machine and lack no letter. Baloo 2 has one file per alphabet; this joins those that Vietnamese needs.
 * Run it by hand when the font changes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype from 'opentype.js';
import { subtitleFontName, subtitleFonts } from '../../workers/renderer/fonts.ts';
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
  familyName: subtitleFontName,
  styleName: 'Regular',
  unitsPerEm,
  // Space for two marks above a capital.
  ascender: Math.round(1.05 * unitsPerEm),
  descender: Math.round(-0.35 * unitsPerEm),
  glyphs: [missing, ...glyphs],
  copyright: 'Copyright 2019 The Baloo 2 Project Authors (https://github.com/EkType/Baloo2)',
  license: 'SIL Open Font License, Version 1.1',
});

const bytes = Buffer.from(font.toArrayBuffer());
writeFileSync(join(subtitleFonts(), 'manga-subtitles.otf'), bytes);
console.log(`${alphabet.length} letters, ${Math.round(bytes.byteLength / 1024)} KB`);
