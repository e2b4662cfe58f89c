import { divisionName } from './chapter-name.ts';
import { baseOf, type LibraryChapter, parentOf } from './library-index.ts';
import { numberOf } from './publishing-order.ts';

/** Returns the folder of a volume or season that a chapter is in, below its series' folder. */
const folderOf = ({ path, seriesFolder }: LibraryChapter): string | null => {
  const folder = parentOf(path);
  return seriesFolder !== null && folder !== seriesFolder && divisionName(baseOf(folder)) ? folder : null;
};

/** Returns the series of which chapters are numbered from the start in each volume or season. */
export function seriesInDivisions(chapters: Iterable<LibraryChapter>): Set<string> {
  const restarting = new Set<string>();
  const folders = new Map<string, string>();
  for (const chapter of chapters) {
    const [number, folder] = [numberOf(chapter), folderOf(chapter)];
    if (number === null || folder === null) continue;
    const key = JSON.stringify([chapter.series, number]);
    if ((folders.get(key) ?? folder) !== folder) restarting.add(chapter.series);
    folders.set(key, folder);
  }
  return restarting;
}

/**
 * Returns the volume or season of a chapter as part of its series' name, `Mùa 2`, if its series is one of `restarting`: without it two
 * chapters would have the same name. Null otherwise.
 */
export function divisionOf(chapter: LibraryChapter, restarting: ReadonlySet<string>): string | null {
  const folder = restarting.has(chapter.series) ? folderOf(chapter) : null;
  return folder === null ? null : divisionName(baseOf(folder));
}
