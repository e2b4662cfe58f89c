/** Words of a chapter's name that are not the chapter's: what systems add to copies, and the words of its series. */

/** Suffixes that Windows and macOS add to the name of a copy. */
export const copyOfSystem =
  /\s[-–]\s(?:copy|bản sao|copie|copia|cópia|kopie|副本|コピー|복사본)(?:\s?\(\d+\))?$|\scopy(?: \d+)?$|のコピー$/iu;

const wordsIn = (text: string) => [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];

/**
 * Returns the length of the words at the beginning of a name that its series has too, beside others: `100 Girlfriends 012` of `The 100
 * Girlfriends Who Love You`. 0 unless there is a digit among them, a number behind them, and either a word without digits or zeros before
 * that number.
 */
export function wordsOfSeries(text: string, series: string): number {
  const [own, its] = [wordsIn(text), wordsIn(series).map(([word]) => word.toLowerCase())];
  const sameFrom = (start: number) => {
    const end = own.findIndex(([word], index) => word.toLowerCase() !== its[start + index]);
    return end === -1 ? own.length : end;
  };
  const same = own.slice(0, Math.max(0, ...its.map((_, start) => sameFrom(start))));
  const last = same.at(-1);
  if (!last || !same.some(([word]) => /\d/.test(word))) return 0;
  const length = last.index + last[0].length;
  const behind = text.slice(length);
  const isName = same.some(([word]) => !/\d/.test(word)) || /^[\s-]+0\d/.test(behind);
  return isName && /\d/.test(behind) ? length : 0;
}
