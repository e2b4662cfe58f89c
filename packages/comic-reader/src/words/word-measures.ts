import type { ReadWord } from '../reading/hocr.ts';

/** Returns a word without the marks at its ends. */
export const bare = (text: string) => text.normalize('NFC').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
/** Counts the letters of a text. */
export const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;
/** Counts the letters and digits of a text: everything that can be spoken. */
export const signs = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
/** Returns the median confidence of words. */
export const middle = (words: readonly ReadWord[]) =>
  words.map(({ confidence }) => confidence).sort((a, b) => a - b)[words.length >> 1] ?? 0;
/** Returns the mean confidence of words, weighted by their letters and digits. */
export const mean = (words: readonly ReadWord[]) =>
  words.reduce((sum, w) => sum + w.confidence * Math.max(1, signs(w.text)), 0) /
  Math.max(
    1,
    words.reduce((sum, w) => sum + Math.max(1, signs(w.text)), 0),
  );
