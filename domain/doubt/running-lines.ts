import { type PageAnalysis, saidIn } from '../page.ts';
import { pagesText, type Reason } from './reason.ts';

/** Least number of pages with a line, and of its words: a cry of two words can be repeated. */
const fewest = { pages: 3, words: 3 };
/** Largest difference between the centres and the widths of such lines, as a share of the page's width. */
const apart = 0.02;

interface Line {
  page: number;
  text: string;
  /** Centre and width, as shares of the page's width. */
  centre: number;
  width: number;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const linesOf = ({ number, width: pageWidth, panels }: PageAnalysis): Line[] =>
  panels.flatMap(saidIn).map(({ text, x, w }) => ({
    page: number,
    text,
    centre: (x + w / 2) / pageWidth,
    width: w / pageWidth,
  }));

const isInPlaceOf = (one: Line) => (other: Line) =>
  Math.abs(one.centre - other.centre) <= apart && Math.abs(one.width - other.width) <= apart;

/**
 * Returns doubts about spoken lines that stand at one place of several pages, as a watermark, the name of a site or a running title
 * does. A character who says a sentence again is drawn elsewhere. The height does not count, since the files of a strip are joined and cut
 * again.
 */
export function doubtsOfRunningLines(pages: readonly PageAnalysis[]): Reason[] {
  const byWords = Map.groupBy(pages.flatMap(linesOf), ({ text }) => wordsOf(text).join(' '));
  return [...byWords].flatMap(([words, lines]): Reason[] => {
    if (words.split(' ').length < fewest.words) return [];
    const places = lines.map((line) => lines.filter(isInPlaceOf(line)));
    const largest = places.reduce((most, one) => (one.length > most.length ? one : most), []);
    const numbers = [...new Set(largest.map(({ page }) => page))];
    const [first] = largest;
    if (!first || numbers.length < fewest.pages) return [];
    const quoted = first.text.replaceAll(/\s+/g, ' ').slice(0, 80);
    return [
      {
        kind: 'signs',
        pages: numbers,
        text: `“${quoted}” is spoken on ${pagesText(numbers)} and stands at one place of each: it could be a watermark or a running title`,
      },
    ];
  });
}
