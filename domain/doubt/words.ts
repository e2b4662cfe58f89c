import type { PageReading } from '../page.ts';
import { limits, type Thresholds } from './limits.ts';
import { pagesText, type Reason, reasonsOfPages, worstPages } from './reason.ts';
import { texturedMarks } from './textured.ts';

const fields = ['words', 'lost_words', 'wrong_words', 'unsure_bubbles', 'unsure_words', 'textured'] as const;
/** Counts of a page, and how many words are expected in what looks like lettering and gave none. */
type Counted = Pick<PageReading, Exclude<(typeof fields)[number], 'textured'>> & { textured: number };

function countedOf({ unread, ...reading }: PageReading): Counted {
  return { ...reading, textured: limits.wordOfTexture * texturedMarks(unread) };
}

/**
 * Returns how many words are expected to be wrong or missing: known losses, with what is usually lost beside them, the chances of
 * spoken words, rows that look like lettering and gave none, and half of the lines that could be signs or speech. A single such line is more
 * probably told right.
 */
function expectedWrong({ lost_words, wrong_words, unsure_bubbles, unsure_words, textured }: Counted): number {
  const signs = Math.floor(unsure_bubbles / 2) * (unsure_words / Math.max(1, unsure_bubbles));
  return limits.lostWord * lost_words + wrong_words + signs + textured;
}

/** Returns the expected share; 0 without words, unless much looks like lettering: art on a silent page can look like a word or two. */
const shareOf = (counted: Counted): number =>
  counted.words > 0 || counted.textured >= limits.fewWords
    ? expectedWrong(counted) / (counted.words + counted.textured)
    : 0;

function sumOf(readings: readonly Counted[]): Counted {
  const sum = { words: 0, lost_words: 0, wrong_words: 0, unsure_bubbles: 0, unsure_words: 0, textured: 0 };
  for (const reading of readings) for (const field of fields) sum[field] += reading[field];
  return sum;
}

function textOf(counted: Counted): string {
  const { words, lost_words: lost } = counted;
  const others = Math.round(expectedWrong(counted) - lost);
  if (words === 0) return `about ${Math.max(1, others)} words could be missing, and none was read`;
  if (lost === 0) return `about ${Math.max(1, others)} of ${words} words could be wrong`;
  const left = `${lost} of ${words} words ${lost === 1 ? 'is' : 'are'} left out`;
  return others === 0 ? left : `${left} and about ${others} more could be wrong`;
}

/** Returns doubts about words that are probably wrong or missing, of the chapter and of single pages. */
export function wrongWords(
  read: readonly { page: number; reading: PageReading }[],
  thresholds: Thresholds,
): Reason[] {
  const weighed = read.map(({ page, reading: measured }) => {
    const reading = countedOf(measured);
    return { page, reading, weight: expectedWrong(reading) };
  });
  const pages = weighed.filter(
    ({ reading }) =>
      reading.words + reading.textured >= limits.fewWords && shareOf(reading) > thresholds.wrongWordsOfPage,
  );
  const all = sumOf(weighed.map(({ reading }) => reading));
  if (pages.length > 0 || shareOf(all) <= thresholds.wrongWords)
    return reasonsOfPages(
      'words',
      pages.map(({ page, reading, weight }) => ({ page, weight, text: textOf(reading) })),
    );
  const worst = worstPages(weighed);
  const where = worst.length === read.length ? '' : 'most of them ';
  return [{ kind: 'words', pages: worst, text: `${textOf(all)}, ${where}on ${pagesText(worst)}` }];
}
