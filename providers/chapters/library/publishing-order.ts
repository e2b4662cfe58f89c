import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { archivePattern } from '../archive.ts';
import { hasExtras, isPrologue, nameOfWork, parseChapterName } from './chapter-name.ts';
import { baseOf, type LibraryChapter, parentOf } from './library-index.ts';

const stemOf = ({ path, names }: LibraryChapter) => baseOf(names ? path : path.replace(archivePattern, ''));

const nameOf = (chapter: LibraryChapter) =>
  parseChapterName(stemOf(chapter), chapter.seriesFolder === null ? null : chapter.seriesName);

/** Returns the number that the name of a chapter's file or folder gives. */
export const numberOf = (chapter: LibraryChapter): string | null => nameOf(chapter).number;

/** Kinds of names in the order of reading: volumes are made of the chapters before the single ones, and extras are read behind all. */
const kinds = ['prologue', 'volume', 'chapter', 'other'] as const;

const isExtra = ({ path }: LibraryChapter) => hasExtras(baseOf(parentOf(path)));

/** Returns what a chapter's name counts, and how far. */
function placeOf(chapter: LibraryChapter): { kind: (typeof kinds)[number]; count: string } {
  const { number, volume, part, extra } = nameOf(chapter);
  if (isExtra(chapter) || extra !== null) return { kind: 'other', count: '' };
  if (isPrologue(stemOf(chapter))) return { kind: 'prologue', count: '' };
  const within = part === null ? '' : ` ${part.place}`;
  if (number !== null) return { kind: 'chapter', count: number + within };
  if (volume !== null) return { kind: 'volume', count: volume + within };
  return part === null ? { kind: 'other', count: '' } : { kind: 'chapter', count: `${part.place}` };
}

/** Returns whether the name says where the chapter belongs in its series; that of an extra does not. */
export const hasPlace = (chapter: LibraryChapter): boolean => placeOf(chapter).kind !== 'other';

/**
 * Orders prologues, volumes, chapters and others, and each kind by its numbers. If two have the same number, as the first chapters of two
 * seasons, or some without a number are in other folders, the order is that of the names.
 */
function inSeries(chapters: readonly LibraryChapter[]): readonly LibraryChapter[] {
  const placed = chapters.map((chapter) => ({ chapter, ...placeOf(chapter) }));
  const counted = placed.filter(({ kind }) => kind === 'volume' || kind === 'chapter');
  const folders = new Set(chapters.filter((one) => !isExtra(one)).map(({ path }) => parentOf(path)));
  const isNumbered = placed.every(({ kind }) => kind === 'chapter');
  const isCounted = new Set(counted.map(({ kind, count }) => `${kind} ${count}`)).size === counted.length;
  if (!isCounted || (folders.size > 1 && !isNumbered)) return chapters;
  return kinds.flatMap((kind) =>
    placed
      .filter((one) => one.kind === kind)
      .sort((a, b) => byNaturalOrder(a.count, b.count))
      .map(({ chapter }) => chapter),
  );
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
    JSON.stringify([chapter.series, parentOf(chapter.path).normalize('NFC'), nameOfWork(stemOf(chapter))]),
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
