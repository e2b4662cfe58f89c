import { speakable } from './speech-text.ts';

const counted = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * Returns whether a name or a line makes sense when a Vietnamese voice says it: it has letters or digits that can be
 * read, and at least half of its letters are Latin. For 進撃の巨人 nothing would be said, for 2.5次元の誘惑 only a number.
 */
export function isSayable(text: string): boolean {
  const plain = text.normalize('NFKC');
  const latin = counted(plain, /\p{Script=Latin}/gu);
  const letters = counted(plain, /\p{L}/gu);
  return (letters > 0 ? latin * 2 >= letters : /\p{Nd}/u.test(plain)) && speakable(text) !== '';
}
