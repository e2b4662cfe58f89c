import { expectedWrong } from '../../../domain/doubt/words.ts';
import type { ReadPage } from './read-page.ts';

/** Upper ends of the expected shares by which pages are grouped. */
const upperEnds = [0.01, 0.02, 0.035, 0.05, 0.1, 1] as const;

/** Compares the expected number of wrong words of Vietnamese pages with the number that is wrong. */
export function calibrationTable(pages: readonly ReadPage[]): string[] {
  const read = pages.flatMap(({ analysis: { reading }, words, wrong }) =>
    reading && reading.words > 0 && words > 0 && (reading.language ?? 'vi') === 'vi'
      ? [{ share: expectedWrong(reading) / reading.words, expected: expectedWrong(reading), words, wrong }]
      : [],
  );
  const rows = upperEnds.map((to, i) => {
    const from = upperEnds[i - 1] ?? 0;
    const own = read.filter(({ share }) => share > from && share <= to);
    const sum = (field: 'expected' | 'words' | 'wrong') => own.reduce((all, page) => all + page[field], 0);
    const cells = [`${own.length}`, `${sum('words')}`, sum('expected').toFixed(1), `${sum('wrong')}`];
    return `up to ${(100 * to).toFixed(1).padStart(5)} %${cells.map((cell) => cell.padStart(12)).join('')}`;
  });
  const heads = ['pages', 'words', 'expected', 'wrong'].map((head) => head.padStart(12)).join('');
  return [`${'expected wrong'.padEnd(13)}${heads}`, ...rows];
}
