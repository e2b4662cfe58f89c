import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { archivePattern } from '../archive.ts';
import { parseChapterName } from './chapter-name.ts';
import { baseOf, type LibraryChapter } from './library-index.ts';

const numberOf = ({ path, names, seriesFolder, seriesName }: LibraryChapter) =>
  parseChapterName(
    baseOf(names ? path : path.replace(archivePattern, '')),
    seriesFolder === null ? null : seriesName,
  ).number;

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
