import { latinLetters, letterSize } from './latin-letters.ts';
import { latinRun, lettersOf } from './run.ts';

/** Glyphs for the letters of some texts. */
export interface Lettering {
  /** Letters without a font, each once. They are not drawn. */
  missing: readonly string[];
  /** Returns a text without the missing letters, with single spaces. */
  drawable(text: string): string;
  /** Width of a line, relative to the size of the letters. */
  widthOf(line: string): number;
  /** Returns one line of text as SVG paths, its left end at x, its baseline at y, all in pixels. */
  paths(line: string, x: number, y: number, size: number): string;
}

/** Spaces, and characters that only control the setting of letters next to them. */
const isInvisible = (letter: string) => /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]+$/u.test(letter);

/** Takes Latin letters from one display font and all others from Noto, whose files are read only when needed. */
export async function letteringOf(texts: readonly string[]): Promise<Lettering> {
  const others = new Set(
    texts.flatMap(lettersOf).filter((letter) => !(letter in latinLetters || isInvisible(letter))),
  );
  const foreign =
    others.size > 0 ? await (await import('./foreign-letters.ts')).foreignLetters([...others]) : undefined;
  const missing = [...others].filter((letter) => !foreign?.has(letter));
  const runsOf = (line: string) => foreign?.runsOf(line) ?? [latinRun(lettersOf(line))];
  return {
    missing,
    drawable: (text) =>
      lettersOf(text)
        .filter((letter) => !missing.includes(letter))
        .map((letter) => (isInvisible(letter) ? letter.replace(/\S/gu, '') : letter))
        .join('')
        .replace(/\s+/gu, ' ')
        .trim(),
    widthOf: (line) => runsOf(line).reduce((sum, { advance }) => sum + advance, 0) / letterSize,
    paths: (line, x, y, size) => {
      const scale = size / letterSize;
      let pen = x;
      const drawn = runsOf(line).map(({ advance, outlines }) => {
        const paths = outlines.map((one) => {
          const at = `translate(${(pen + one.x * scale).toFixed(1)} ${(y + one.y * scale).toFixed(1)})`;
          return `<path transform="${at} scale(${scale.toFixed(4)})" d="${one.path}"/>`;
        });
        pen += advance * scale;
        return paths.join('');
      });
      return drawn.join('');
    },
  };
}
