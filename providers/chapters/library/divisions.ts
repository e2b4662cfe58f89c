import { divisionName } from './chapter-name.ts';
import { baseOf, type LibraryChapter, parentOf } from './library-index.ts';
import { numberOf } from './publishing-order.ts';

/** Returns the folder of a volume or season that a chapter is in, below its series' folder. */
const folderOf = ({ path, seriesFolder }: LibraryChapter): string | null => {
  const folder = parentOf(path);
  return seriesFolder !== null && folder !== seriesFolder && divisionName(baseOf(folder)) ? folder : null;
};

/**
 * Returns the volume or season of a chapter as part of its series' name, `Mùa 2`, if chapters of the series are numbered from the
 * start in each: without it two chapters would have the same name. Null otherwise.
 */
export function divisionOf(chapter: LibraryChapter, chapters: Iterable<LibraryChapter>): string | null {
  const folder = folderOf(chapter);
  if (folder === null) return null;
  const folders = new Map<string, string>();
  for (const other of chapters) {
    const [number, place] = [numberOf(other), other.series === chapter.series ? folderOf(other) : null];
    if (number === null || place === null) continue;
    if ((folders.get(number) ?? place) !== place) return divisionName(baseOf(folder));
    folders.set(number, place);
  }
  return null;
}
