import type { Chapter, ChapterMetadata, ChapterPart } from './chapter.ts';
import { distinctNotes } from './limiting-note.ts';

/** Returns the ids of all chapters in a video. */
export const chapterIdsOf = ({ chapter_id, parts }: Chapter): string[] =>
  parts ? parts.map((part) => part.chapter_id) : [chapter_id];

/** Returns the source's metadata of the chapter that a page belongs to. */
export const partOf = (chapter: Chapter, page: number): ChapterMetadata =>
  chapter.parts?.findLast(({ first_page }) => first_page <= page) ?? chapter;

const once = <T>(values: readonly T[]) => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** Returns `1–3`; undefined if a chapter has no number. */
function numbersOf(parts: readonly ChapterMetadata[]): string | null {
  const numbers = parts.map(({ number }) => number);
  if (numbers.includes(null)) return null;
  const [first, last] = [numbers[0] ?? null, numbers.at(-1)];
  return first === last ? first : `${first}–${last}`;
}

/** Merges the remarks of the sources of all parts; a field that no part has stays absent. */
function remarksOf(parts: readonly ChapterMetadata[]) {
  const counts = parts.flatMap(({ source_pages }) => source_pages ?? []);
  const skipped = parts.flatMap(({ skipped_files }) => skipped_files ?? []);
  const notes = once(parts.flatMap((part) => part.notes ?? []));
  const forbidden = once(parts.flatMap(({ republication_forbidden }) => republication_forbidden ?? []));
  const limiting = distinctNotes(parts.flatMap(({ limiting_notes }) => limiting_notes ?? []));
  return {
    ...(counts.length === parts.length && { source_pages: counts.reduce((sum, count) => sum + count, 0) }),
    ...(skipped.length > 0 && { skipped_files: skipped }),
    ...(notes.length > 0 && { notes }),
    ...(forbidden.length > 0 && { republication_forbidden: forbidden.join('; ') }),
    // Parts of a source that does not tell its notes apart are judged by the sentence.
    ...(parts.every(({ limiting_notes }) => limiting_notes) && { limiting_notes: limiting }),
  };
}

/** Merges several chapters into one: the first's id and summary, all credits and licences. One stays unchanged. */
export function asOne(
  parts: readonly [ChapterPart, ...ChapterPart[]],
): ChapterMetadata & Pick<Chapter, 'parts'> {
  const [{ first_page: _, ...only }] = parts;
  if (parts.length === 1) return only;
  const {
    source_pages: _1,
    skipped_files: _2,
    notes: _3,
    republication_forbidden: _4,
    limiting_notes: _5,
    ...first
  } = only;
  const licences = once(parts.flatMap(({ licence }) => licence ?? []));
  return {
    ...first,
    number: numbersOf(parts),
    title: null,
    credits: once(parts.flatMap(({ credits }) => credits)),
    licence: licences.join('; ') || null,
    ...remarksOf(parts),
    parts: [...parts],
  };
}
