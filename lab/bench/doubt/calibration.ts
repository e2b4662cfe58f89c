import { limits } from '../../../domain/doubt/limits.ts';
import type { PageReading } from '../../../domain/page.ts';
import type { ReadPage } from './read-page.ts';
import { leastWrong, mostWrong } from './tables.ts';

/** Upper ends of the expected shares by which pages are grouped. */
const upperEnds = [0.01, 0.02, 0.035, 0.05, 0.1, 1] as const;

interface Counted {
  hand: string;
  lost: number;
  /** Sum of the chances of spoken words, and with it the words expected in rows that look like lettering and gave none. */
  chances: number;
  spoken: number;
  /** Number of words read, of words meant, and of those that are wrong. */
  read: number;
  words: number;
  wrong: number;
  misread: number;
}

/** Returns the Vietnamese pages whose words were read; a page whose lettering gave hardly any words is held for that. */
const countedOf = (pages: readonly ReadPage[]): Counted[] =>
  pages.flatMap(({ hand, analysis: { reading }, words, wrong, misread }) =>
    reading &&
    reading.words > 0 &&
    words > 0 &&
    (reading.language ?? 'vi') === 'vi' &&
    reading.unread_area <= limits.unreadLettering * reading.lettering_area
      ? [
          {
            ...{ hand, words, wrong, misread, lost: reading.lost_words, read: reading.words },
            chances: reading.wrong_words,
            spoken: reading.wrong_words + limits.wordOfTexture * lettersOf(reading),
          },
        ]
      : [],
  );

/** Returns the number of marks in rows that look like lettering and gave no words. */
const lettersOf = ({ unread }: PageReading) =>
  unread.reduce((sum, { reason, letters }) => sum + (reason === 'texture' ? letters : 0), 0);

const sumOf = (counted: readonly Counted[], of: (page: Counted) => number) =>
  counted.reduce((sum, page) => sum + of(page), 0);
const expectedBy =
  (lostWord: number) =>
  ({ lost, spoken }: Counted) =>
    lostWord * lost + spoken;
const row = (name: string, cells: readonly string[]) =>
  name.padEnd(44) + cells.map((cell) => cell.padStart(10)).join('');

/** Cells of a table: what is expected of pages, and what was found. */
const heads = ['pages', 'words', 'expected', 'wrong', 'left out', 'misread:', 'expected', 'found'] as const;
function cellsOf(own: readonly Counted[], expected: (page: Counted) => number): string[] {
  const sum = (of: (page: Counted) => number) => sumOf(own, of);
  const counts = [own.length, sum(({ words }) => words)];
  const misread = [sum(({ chances }) => chances).toFixed(1), sum(({ misread: found }) => found)];
  return [
    ...counts,
    ...[sum(expected).toFixed(1), sum(({ wrong }) => wrong)],
    ...[sum(({ lost }) => lost), '', ...misread],
  ].map(String);
}

/**
 * Compares the expected number of wrong words of Vietnamese pages with the number that is wrong, and the chances of spoken words with
 * those that are misread. The others are missing, those that were left out and those without a trace.
 */
export function calibrationTable(pages: readonly ReadPage[]): string[] {
  const counted = countedOf(pages);
  const expected = expectedBy(limits.lostWord);
  const by = (name: string, ends: readonly number[], shareOf: (page: Counted) => number) => [
    row(name, heads),
    ...ends.map((to, i) => {
      const from = i === 0 ? -1 : (ends[i - 1] as number);
      const own = counted.filter((page) => {
        const share = Math.min(1, shareOf(page));
        return share > from && share <= to;
      });
      return row(`up to ${(100 * to).toFixed(1)} %`, cellsOf(own, expected));
    }),
  ];
  return [
    ...by('pages by the expected share of wrong words', upperEnds, (page) => expected(page) / page.read),
    '',
    ...by('pages by the share of words left out', [0, ...upperEnds], ({ lost, read }) => lost / read),
  ];
}

/**
 * Compares each hand with what the pages of all other hands predict: the number of errors per lost word is fitted to those, and
 * pages with more than 5 % and with less than 2 % wrong words are judged by it.
 */
export function handsTable(pages: readonly ReadPage[]): string[] {
  const counted = countedOf(pages);
  const judged: { share: number; wrong: number }[] = [];
  const rows = [...new Set(counted.map(({ hand }) => hand))].map((hand) => {
    const own = counted.filter((page) => page.hand === hand);
    const expected = expectedBy(lostWordOf(counted.filter((page) => page.hand !== hand)));
    for (const page of own)
      judged.push({ share: expected(page) / page.read, wrong: page.wrong / page.words });
    return row(hand, cellsOf(own, expected));
  });
  const held = (some: typeof judged) =>
    `${some.filter(({ share }) => share > limits.wrongWords).length} of ${some.length}`;
  return [
    row('each hand judged by the others', heads),
    ...rows,
    `errors for each lost word, fitted to all: ${lostWordOf(counted).toFixed(2)}`,
    `pages held: ${held(judged.filter(({ wrong }) => wrong > mostWrong))} with more than 5 % wrong words, ${held(judged.filter(({ wrong }) => wrong < leastWrong))} with less than 2 %`,
  ];
}

/** Returns the number of errors per lost word that fits pages best, by least squares weighted by the expected variance. */
function lostWordOf(counted: readonly Counted[]): number {
  const weight = ({ lost, spoken }: Counted) => 1 / (1 + lost + spoken);
  const against = sumOf(counted, (page) => weight(page) * page.lost * (page.wrong - page.spoken));
  return (
    against /
    Math.max(
      1e-9,
      sumOf(counted, (page) => weight(page) * page.lost ** 2),
    )
  );
}
