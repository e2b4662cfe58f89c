import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { archivePattern } from '../archive.ts';
import { nameOfWork, parseChapterName } from './chapter-name.ts';
import { baseOf, type LibraryChapter, parentOf } from './library-index.ts';

const stemOf = ({ path, names }: LibraryChapter) => baseOf(names ? path : path.replace(archivePattern, ''));

/** Returns the number that the name of a chapter's file or folder gives. */
export const numberOf = (chapter: LibraryChapter): string | null =>
  parseChapterName(stemOf(chapter), chapter.seriesFolder === null ? null : chapter.seriesName).number;

/** Orders chapters by their numbers, whatever their names, if each chapter of the series has a different number. */
function inSeries(chapters: readonly LibraryChapter[]): readonly LibraryChapter[] {
  const numbered = chapters.map((chapter) => ({ chapter, number: numberOf(chapter) }));
  const numbers = new Set(numbered.flatMap(({ number }) => number ?? []));
  if (numbers.size < chapters.length) return chapters;
  return numbered
    .sort((a, b) => byNaturalOrder(a.number ?? '', b.number ?? ''))
    .map(({ chapter }) => chapter);
}

/** Returns chapters series by series, each in reading order. */
export function publishingOrder(chapters: Iterable<LibraryChapter>): LibraryChapter[] {
  const sorted = [...chapters].sort((a, b) => byNaturalOrder(a.id, b.id));
  return [...Map.groupBy(sorted, ({ series }) => series).values()].flatMap(inSeries);
}

/**
 * Returns the ids of the versions of each chapter that has several: scans of other groups, and later ones of a group. Folders of
 * volumes and seasons can each begin with a chapter 1, so versions are in one folder.
 */
export function versionsIn(chapters: Iterable<LibraryChapter>): Map<string, string[]> {
  const works = Map.groupBy(chapters, (chapter) =>
    JSON.stringify([chapter.series, parentOf(chapter.path), nameOfWork(stemOf(chapter))]),
  );
  return new Map(
    [...works.values()]
      .filter(([first, ...others]) => first && others.length > 0 && numberOf(first) !== null)
      .flatMap((versions) => {
        const ids = versions.map(({ id }) => id);
        return ids.map((id) => [id, ids.filter((other) => other !== id)] as const);
      }),
  );
}
