import { latinLetters } from './latin-letters.ts';

/** Consecutive letters as they are drawn, in units of `letterSize`. */
export interface Run {
  advance: number;
  /** SVG path data of each letter from left to right, and its position; the run begins at 0, on the baseline at 0. */
  outlines: { x: number; y: number; path: string }[];
}

/** Made when it is first needed, since ICU's data takes milliseconds to load. */
let graphemes: Intl.Segmenter | undefined;

/** Splits a text into graphemes: what a reader sees as one letter, with its marks. */
export function lettersOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter('vi', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text.normalize('NFC')), ({ segment }) => segment);
}

/** Sets Latin letters of the display font one by one. */
export function latinRun(letters: readonly string[]): Run {
  const run: Run = { advance: 0, outlines: [] };
  for (const letter of letters) {
    const { advance, outline } = latinLetters[letter] ?? { advance: 0, outline: '' };
    if (outline) run.outlines.push({ x: run.advance, y: 0, path: outline });
    run.advance += advance;
  }
  return run;
}
