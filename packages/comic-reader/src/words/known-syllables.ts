import { vietnamese } from './vietnamese.ts';

/**
 * Returns the syllables of Vietnamese among the runs of letters of a text, also where marks join them. A single letter does not count:
 * strokes of art are read as one.
 */
export const knownSyllables = (text: string): string[] =>
  (text.match(/\p{L}{2,}/gu) ?? []).filter((run) => vietnamese().knows(run));
