import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Command, Font, Glyph } from 'opentype.js';
import opentype from 'opentype.js';

export type Weight = 600 | 800;

const require = createRequire(import.meta.url);

function load(weight: Weight): Font[] {
  return ['latin', 'vietnamese', 'latin-ext'].map((subset) => {
    const file = require.resolve(`@fontsource/baloo-2/files/baloo-2-${subset}-${weight}-normal.woff`);
    const bytes = new Uint8Array(readFileSync(file));
    return opentype.parse(bytes.buffer);
  });
}

const faces = new Map<Weight, Font[]>();

/** Returns the glyph from the first file that has it, because the package splits the alphabet over several files. */
export function glyphOf(character: string, weight: Weight): { glyph: Glyph; unitsPerEm: number } {
  const fonts = faces.get(weight) ?? load(weight);
  faces.set(weight, fonts);
  const font = fonts.find((candidate) => candidate.charToGlyphIndex(character) > 0);
  if (!font) throw new Error(`The lettering font has no glyph for ${JSON.stringify(character)}`);
  return { glyph: font.charToGlyph(character), unitsPerEm: font.unitsPerEm };
}

/** Writes a path command. opentype.js 2.0.0 rounds some coordinates to NaN in its toPathData. */
const written = ({ type, x1, y1, x2, y2, x, y }: Command): string =>
  type +
  [x1, y1, x2, y2, x, y]
    .filter((value) => value !== undefined)
    .map((value) => value.toFixed(1))
    .join(' ');

/** The font's word space is so narrow that OCR joins words in bubbles. */
const widerSpace = 0.22;

function advance(character: string, size: number, weight: Weight): number {
  const { glyph, unitsPerEm } = glyphOf(character, weight);
  return (glyph.advanceWidth / unitsPerEm + (character === ' ' && weight === 600 ? widerSpace : 0)) * size;
}

export function textWidth(text: string, size: number, weight: Weight = 600): number {
  let width = 0;
  for (const character of text.normalize('NFC')) width += advance(character, size, weight);
  return width;
}

/** Returns one line of text as path data, with its left end at x and its baseline at y. */
export function textPath(text: string, x: number, y: number, size: number, weight: Weight = 600): string {
  let pen = x;
  let data = '';
  for (const character of text.normalize('NFC')) {
    data += glyphOf(character, weight).glyph.getPath(pen, y, size).commands.map(written).join('');
    pen += advance(character, size, weight);
  }
  return data;
}

/** Breaks a text into exactly `count` lines and minimizes the longest one. */
export function breakLines(text: string, count: number, size: number): string[] | undefined {
  const words = text.split(' ');
  if (words.length < count) return undefined;
  if (count === 1) return [text];
  let best: { lines: string[]; width: number } | undefined;
  for (let first = 1; first <= words.length - count + 1; first++) {
    const head = words.slice(0, first).join(' ');
    const rest = breakLines(words.slice(first).join(' '), count - 1, size);
    if (!rest) continue;
    const lines = [head, ...rest];
    const width = Math.max(...lines.map((text) => textWidth(text, size)));
    if (!best || width < best.width) best = { lines, width };
  }
  return best?.lines;
}
