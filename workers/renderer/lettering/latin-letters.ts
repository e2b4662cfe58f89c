import letters from '../fonts/latin-letters.json' with { type: 'json' };

/** Height of the em square, in the units of the outlines. */
export const letterSize = 100;

/** Letter → its advance width, and its outline as SVG path data on the baseline at 0. */
export const latinLetters: Readonly<Record<string, { advance: number; outline: string }>> = letters;
