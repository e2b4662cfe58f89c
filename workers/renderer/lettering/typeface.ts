import * as harfbuzz from 'harfbuzzjs';
import decompress from 'woff2-encoder/decompress';
import { letterSize } from './latin-letters.ts';
import type { Run } from './run.ts';

/** Draws runs of letters; undefined if a letter of the run is missing. */
export type Typeface = (text: string, direction: 'ltr' | 'rtl') => Run | undefined;

/** The same weight as the Latin letters next to it. */
const weight = 800;

/** Makes a typeface from a variable font in WOFF2. Letters are joined and their marks placed as the font specifies. */
export async function typefaceOf(woff2: Uint8Array): Promise<Typeface> {
  const { buffer, byteOffset, byteLength } = await decompress(woff2);
  const sfnt = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
  const face = new harfbuzz.Face(new harfbuzz.Blob(sfnt));
  const font = new harfbuzz.Font(face);
  font.setVariations([new harfbuzz.Variation('wght', weight)]);
  const unit = letterSize / face.upem;
  return (text, direction) => {
    const letters = new harfbuzz.Buffer();
    letters.addText(text);
    letters.guessSegmentProperties();
    letters.setDirection(direction === 'rtl' ? harfbuzz.Direction.RTL : harfbuzz.Direction.LTR);
    harfbuzz.shape(font, letters);
    const run: Run = { advance: 0, outlines: [] };
    const positions = letters.getGlyphPositions();
    for (const [index, { codepoint: glyph }] of letters.getGlyphInfos().entries()) {
      const at = positions[index];
      // Glyph 0 is the box for a letter that the font lacks.
      if (glyph === 0 || !at) return undefined;
      const path = scaled(font.glyphToPath(glyph), unit);
      if (path) run.outlines.push({ x: run.advance + at.xOffset * unit, y: -at.yOffset * unit, path });
      run.advance += at.xAdvance * unit;
    }
    return run;
  };
}

/** A font's y points up, a picture's down. */
const scaled = (path: string, unit: number) =>
  path.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x, y) => `${short(x * unit)} ${short(-y * unit)}`);

const short = (value: number) => String(Math.round(value * 10) / 10 || 0);
