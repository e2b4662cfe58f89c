import { speakable } from './speech-text.ts';

const counted = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * Whether a name or a line makes sense when a Vietnamese voice says it: there are letters or digits to be said, and
 * at least half of its letters are Latin. Of 進撃の巨人 nothing is said; of 2.5次元の誘惑 only a number would be.
 */
export function isSayable(text: string): boolean {
  const plain = text.normalize('NFKC');
  const latin = counted(plain, /\p{Script=Latin}/gu);
  const letters = counted(plain, /\p{L}/gu);
  return (letters > 0 ? latin * 2 >= letters : /\p{Nd}/u.test(plain)) && speakable(text) !== '';
}
