import type { Chapter } from '../chapter.ts';
import { spokenSeries } from '../chapter-names.ts';
import type { ApprovedNote, LimitingNote } from '../limiting-note.ts';
import type { PageAnalysis } from '../page.ts';
import { forbidsReposting, prohibitionsIn } from '../republication.ts';
import { imprintSpace } from '../video-metadata.ts';
import { pagesText, type Reason, reasonsOfPages } from './reason.ts';

interface Part {
  name: string;
  first: number;
  stored: number;
  source: number | undefined;
}

/** Returns the chapters of a video, each with the pages that its source has and those that are stored. */
function partsOf(chapter: Chapter): Part[] {
  const starts = chapter.parts ?? [{ ...chapter, first_page: 1 }];
  return starts.map(({ number, chapter_id, first_page, source_pages }, index) => {
    const end = starts[index + 1]?.first_page ?? Number.POSITIVE_INFINITY;
    return {
      name: chapter.parts ? (number ? `chapter ${number}: ` : `${chapter_id}: `) : '',
      first: first_page,
      // The files of a strip are joined and cut again; its pages record how many files they contain.
      stored: chapter.pages
        .filter((page) => page.number >= first_page && page.number < end)
        .reduce((sum, { files = 1 }) => sum + files, 0),
      source: source_pages,
    };
  });
}

/** ComicInfo's `Adults Only 18+`, `R18+` and `X18+`, and Mylar's `Adult`; `Kids to Adults` is for all. */
const forAdults = /18\s?\+|^adults?\b|^explicit\b/i;

/** Returns the notes of the source that hold the chapter: those that no person approved before. */
export const unapprovedNotes = (
  { limiting_notes: notes = [] }: Pick<Chapter, 'limiting_notes'>,
  approved: readonly ApprovedNote[],
): LimitingNote[] => notes.filter(({ text_hash }) => !approved.some((one) => one.text_hash === text_hash));

function doubtsOfNotes(chapter: Chapter, approved: readonly ApprovedNote[]): Reason[] {
  const { limiting_notes, republication_forbidden: sentence } = chapter;
  const held: { sentences: string[]; text_hash?: string | null }[] = limiting_notes
    ? unapprovedNotes(chapter, approved)
    : sentence
      ? [{ sentences: [sentence] }]
      : [];
  return held.map(({ sentences, text_hash }) => {
    const forbids = sentences.some((one) => prohibitionsIn(one).length > 0);
    const later =
      text_hash === undefined
        ? ''
        : text_hash === null
          ? '; an approval counts for this chapter alone, since the note is not shown whole'
          : '; if you approve it, no later chapter of the series is held for a note with the same words';
    return {
      kind: 'rights',
      pages: [],
      text: `the source ${forbids ? 'forbids republication' : 'speaks of rights or use, but does not clearly permit a video'}: “${sentences.join(' ')}”${later}`,
    };
  });
}

/**
 * Returns doubts about the source: missing pages, a strip cut through its art, terms that forbid the video, credits and a licence that
 * the description has no room for, works for adults, and a chapter that comes too late.
 * @param approved the chapter's notes that a person approved before
 */
export function doubtsOfSource(
  chapter: Chapter,
  narrator: string,
  approved: readonly ApprovedNote[] = [],
): Reason[] {
  const reasons = doubtsOfNotes(chapter, approved);
  const { bytes, room } = imprintSpace(chapter, narrator);
  if (bytes > room)
    reasons.push({
      kind: 'rights',
      pages: [],
      text: `credits, licence and sources take ${bytes} bytes of the description, which has room for ${room}: shorten them in the source, or approve it, and the last people are counted instead of named, or the licence is cut`,
    });
  const rated = (chapter.parts ?? [chapter]).find(({ age_rating: age }) => age && forAdults.test(age));
  if (rated)
    reasons.push({
      kind: 'rights',
      pages: [],
      text: `the source says that it is for adults: ${rated.age_rating?.slice(0, 100)}`,
    });
  const { overtaken_by: later, number } = chapter;
  if (later !== undefined)
    reasons.push({
      kind: 'order',
      pages: [],
      text: `${number === null ? 'this chapter' : `chapter ${number}`} comes late: “${later}”, which belongs after it in the series, is out or waits for you: approve it, or reject it to leave it out`,
    });
  for (const { name, first, stored, source } of partsOf(chapter))
    if (source !== undefined && stored < source)
      reasons.push({
        kind: 'missing_pages',
        pages: [],
        text: `${name}${stored} of the source's ${source} pages are stored, from ${pagesText([first])} on`,
      });
  const cut = chapter.pages.flatMap(({ number, ends_in_art }) =>
    ends_in_art
      ? [
          {
            page: number,
            weight: 1,
            text: 'it ends within a picture, since the strip has no even ground there',
          },
        ]
      : [],
  );
  return [...reasons, ...reasonsOfPages('panels', cut)];
}

/** Returns the pages whose lettering forbids republication, as the first or last page of a translation can. */
export function doubtsOfRights(pages: readonly PageAnalysis[]): Reason[] {
  const forbidding = pages.flatMap(({ number, panels }) => {
    const text = panels
      .flatMap(({ bubbles }) => bubbles)
      .find(({ text }) => forbidsReposting(text).length > 0)?.text;
    return text === undefined ? [] : [{ page: number, text }];
  });
  const [first] = forbidding;
  if (!first) return [];
  const numbers = forbidding.map(({ page }) => page);
  const quoted = first.text.replaceAll(/\s+/g, ' ').slice(0, 300);
  return [
    {
      kind: 'rights',
      pages: numbers,
      text: `republication is forbidden on ${pagesText(numbers)}: “${quoted}”`,
    },
  ];
}

const mostNotes = 20;

/** Returns remarks that do not hold a chapter: what the source left out, guessed or does not say. */
export function remarksOfSource(chapter: Chapter): string[] {
  const { skipped_files: skipped = [], notes = [] } = chapter;
  const missing = [
    ...((chapter.parts ?? [chapter]).some(({ number }) => number === null)
      ? ['the number of the chapter']
      : []),
    ...(chapter.credits.length === 0 ? ['the credits'] : []),
    ...(chapter.language === null ? ['the language of the lettering'] : []),
  ];
  const remarks = [
    ...(spokenSeries(chapter) === null
      ? [
          `the title “${chapter.manga_title.slice(0, 100)}” is shown but not spoken: a Vietnamese voice can't say it`,
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
