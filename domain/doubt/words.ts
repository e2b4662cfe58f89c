import type { PageReading } from '../page.ts';
import { limits } from './limits.ts';
import { pagesText, type Reason, reasonsOfPages, worstPages } from './reason.ts';

type Counted = Pick<PageReading, 'words' | 'lost_words' | 'wrong_words'>;

/** How many words are wrong or missing, as an expected number: known losses, chances, and what leaves no trace. */
export const expectedWrong = ({ words, lost_words, wrong_words }: Counted): number =>
  lost_words + wrong_words + limits.unnoticed * (words - lost_words);

const shareOf = (counted: Counted): number =>
  counted.words > 0 ? expectedWrong(counted) / counted.words : 0;

const sumOf = (readings: readonly Counted[]): Counted => {
  const sum = (field: keyof Counted) => readings.reduce((all, reading) => all + reading[field], 0);
  return { words: sum('words'), lost_words: sum('lost_words'), wrong_words: sum('wrong_words') };
};

function textOf(counted: Counted): string {
  const { words, lost_words: lost } = counted;
  const others = Math.round(expectedWrong(counted) - lost);
  if (lost === 0) return `about ${Math.max(1, others)} of ${words} words could be wrong`;
  const left = `${lost} of ${words} words ${lost === 1 ? 'is' : 'are'} left out`;
  return others === 0 ? left : `${left} and about ${others} more could be wrong`;
}

/** Returns doubts about words that are probably wrong or missing, of the chapter and of single pages. */
export function wrongWords(read: readonly { page: number; reading: Counted }[]): Reason[] {
  const weighed = read.map(({ page, reading }) => ({ page, reading, weight: expectedWrong(reading) }));
  const pages = weighed.filter(
    ({ reading }) => reading.words >= limits.fewWords && shareOf(reading) > limits.wrongWordsOfPage,
  );
  const all = sumOf(read.map(({ reading }) => reading));
  if (pages.length > 0 || shareOf(all) <= limits.wrongWords)
    return reasonsOfPages(
      'words',
      pages.map(({ page, reading, weight }) => ({ page, weight, text: textOf(reading) })),
    );
  const worst = worstPages(weighed);
  return [{ kind: 'words', pages: worst, text: `${textOf(all)}, most of them on ${pagesText(worst)}` }];
}
