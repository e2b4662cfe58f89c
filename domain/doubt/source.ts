import type { Chapter } from '../chapter.ts';
import { spokenSeries } from '../chapter-names.ts';
import { pagesText, type Reason } from './reason.ts';

interface Part {
  name: string;
  first: number;
  stored: number;
  source: number | undefined;
}

/** The chapters of a video, each with the pages that its source has and those that are stored. */
function partsOf(chapter: Chapter): Part[] {
  const starts = chapter.parts ?? [{ ...chapter, first_page: 1 }];
  return starts.map(({ number, chapter_id, first_page, source_pages }, index) => {
    const end = starts[index + 1]?.first_page ?? Number.POSITIVE_INFINITY;
    return {
      name: chapter.parts ? (number ? `chapter ${number}: ` : `${chapter_id}: `) : '',
      first: first_page,
      // The files of a strip are joined and cut again: its pages say how many files they hold.
      stored: chapter.pages
        .filter((page) => page.number >= first_page && page.number < end)
        .reduce((sum, { files = 1 }) => sum + files, 0),
      source: source_pages,
    };
  });
}

/** Doubts about what the source gave: pages that are not there, and a licence that forbids the video. */
export function doubtsOfSource(chapter: Chapter): Reason[] {
  const reasons: Reason[] = [];
  const forbidden = chapter.republication_forbidden;
  if (forbidden)
    reasons.push({
      kind: 'rights',
      pages: [],
      text: `the source forbids publishing it again: “${forbidden.slice(0, 300)}”`,
    });
  for (const { name, first, stored, source } of partsOf(chapter))
    if (source !== undefined && stored < source)
      reasons.push({
        kind: 'missing_pages',
        pages: [],
        text: `${name}${stored} of the source's ${source} pages are stored, from ${pagesText([first])} on`,
      });
  return reasons;
}

const mostNotes = 20;

/** What is worth knowing and no reason to wait: what the source left out, guessed or does not say. */
export function remarksOfSource(chapter: Chapter): string[] {
  const { skipped_files: skipped = [], notes = [] } = chapter;
  const missing = [
    ...((chapter.parts ?? [chapter]).some(({ number }) => number === null)
      ? ['the number of the chapter']
      : []),
    ...(chapter.credits.length === 0 ? ['whom to credit'] : []),
    ...(chapter.language === null ? ['the language of the lettering'] : []),
  ];
  const remarks = [
    ...(spokenSeries(chapter) === null
      ? [
          `the title “${chapter.manga_title.slice(0, 100)}” is shown and not spoken: no voice of Vietnamese can say it`,
        ]
      : []),
    ...(missing.length > 0 ? [`the source does not say ${missing.join(', ')}`] : []),
    ...(skipped.length > 0
      ? [`files that are not pages: ${skipped.slice(0, 10).join(', ')}${skipped.length > 10 ? ', …' : ''}`]
      : []),
    ...notes,
  ];
  const more = remarks.length - mostNotes;
  return more > 0 ? [...remarks.slice(0, mostNotes), `and ${more} more remarks in chapter.json`] : remarks;
}
