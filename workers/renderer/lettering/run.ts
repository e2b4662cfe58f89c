import { latinLetters } from './latin-letters.ts';

/** Letters beside each other as they are drawn, in the units of `letterSize`. */
export interface Run {
  advance: number;
  /** SVG path data of each letter from left to right, and where it stands; the run begins at 0, on the baseline at 0. */
  outlines: { x: number; y: number; path: string }[];
}

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** Splits a text into what a reader sees as one letter each, with its marks. */
export const lettersOf = (text: string): string[] =>
  Array.from(graphemes.segment(text.normalize('NFC')), ({ segment }) => segment);

/** Sets Latin letters of the display face one after the other. */
export function latinRun(letters: readonly string[]): Run {
  const run: Run = { advance: 0, outlines: [] };
  for (const letter of letters) {
    const [advance, path] = latinLetters[letter] ?? [0, ''];
    if (path) run.outlines.push({ x: run.advance, y: 0, path });
    run.advance += advance;
  }
  return run;
}
