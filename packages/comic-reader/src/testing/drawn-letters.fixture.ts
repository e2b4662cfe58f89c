import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

/** Free fonts with all Vietnamese letters: round, handwritten, and the slanted capitals of sound effects. */
export type Face = 'baloo-2' | 'patrick-hand' | 'bangers' | 'itim' | 'pangolin' | 'sriracha';

const require = createRequire(import.meta.url);
const faces = new Map<string, Font[]>();

function fontsOf(face: Face): Font[] {
  const weight = face === 'baloo-2' ? 600 : 400;
  return ['latin', 'vietnamese', 'latin-ext'].map((subset) => {
    const file = require.resolve(`@fontsource/${face}/files/${face}-${subset}-${weight}-normal.woff`);
    return opentype.parse(new Uint8Array(readFileSync(file)).buffer);
  });
}

function glyphOf(character: string, face: Face) {
  const fonts = faces.get(face) ?? fontsOf(face);
  faces.set(face, fonts);
  const font = fonts.find((candidate) => candidate.charToGlyphIndex(character) > 0);
  if (!font) throw new Error(`${face} has no letter ${character}`);
  return { glyph: font.charToGlyph(character), unitsPerEm: font.unitsPerEm };
}

function advance(character: string, face: Face, size: number): number {
  const { glyph, unitsPerEm } = glyphOf(character, face);
  // The space of Baloo is so narrow that even people read its words as one.
  const wider = character === ' ' && face === 'baloo-2' ? 0.2 : 0;
  return (glyph.advanceWidth / unitsPerEm + wider) * size;
}

export const widthOf = (text: string, face: Face, size: number) =>
  [...text.normalize('NFC')].reduce((sum, character) => sum + advance(character, face, size), 0);

/** Returns a line of text as path data, since a machine can be without fonts; its left end is at x, its baseline at y. */
export function pathOf(text: string, face: Face, size: number, x: number, y: number): string {
  let pen = x;
  let path = '';
  for (const character of text.normalize('NFC')) {
    for (const { type, x1, y1, x2, y2, x: toX, y: toY } of glyphOf(character, face).glyph.getPath(
      pen,
      y,
      size,
    ).commands) {
      const points = [x1, y1, x2, y2, toX, toY].filter((value) => value !== undefined);
      path += type + points.map((value) => value.toFixed(1)).join(' ');
    }
    pen += advance(character, face, size);
  }
  return path;
}

/** Breaks words into lines of at most `width`. */
export function linesOf(text: string, face: Face, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const open = lines.at(-1);
    if (open !== undefined && widthOf(`${open} ${word}`, face, size) <= width)
      lines[lines.length - 1] = `${open} ${word}`;
    else lines.push(word);
  }
  return lines;
}
