import { byNaturalOrder } from '../../../domain/natural-order.ts';
import { archivePattern } from '../archive.ts';
import { isPicture } from '../image-format.ts';
import type { LibraryFiles } from '../library-files.ts';
import { isPartOfSeries, parseChapterName } from './chapter-name.ts';
import { isArtwork, isClutter, isConflictCopy, isHidden } from './clutter.ts';
import { imagePattern } from './page-files.ts';

export interface LibraryChapter {
  /** The path without the extension; if several have the same, the first keeps it and the others have a suffix. */
  id: string;
  /** Path of the archive, or of the folder, from the root of the library. */
  path: string;
  /** The files of a folder; undefined for an archive. */
  names: string[] | undefined;
  /** Equal for chapters of one series. */
  series: string;
  /** Name of the series: its folder's, or at the root of the library the one in the chapter's name. */
  seriesName: string;
  /** The folder whose name is the series', if there is one. */
  seriesFolder: string | null;
  /** Paths of other chapters with the same name. */
  namesakes: string[];
}

export interface LibraryIndex {
  chapters: Map<string, LibraryChapter>;
  /** All paths that were not left behind by a program. */
  paths: ReadonlySet<string>;
  /** Paths of books, pictures and unknown files that are not published, for the log. */
  ignored: string[];
}

export const parentOf = (path: string) => path.split('/').slice(0, -1).join('/');
export const baseOf = (path: string) => path.split('/').at(-1) ?? path;
const stemOf = (path: string) => path.replace(/\.[^./]+$/, '');
const ancestorsOf = (folder: string): string[] =>
  folder === '' ? [''] : [folder, ...ancestorsOf(parentOf(folder))];

/** Order of precedence for the plain id among archives with the same name; a folder comes last. */
const precedence = ['cbz', 'zip', 'cbr', 'rar', 'cb7', '7z', '7zip', 'cbt', 'tar', 'gz', 'tgz'];
const rankOf = ({ path, names }: Pick<LibraryChapter, 'path' | 'names'>) =>
  names ? precedence.length : precedence.indexOf(path.split('.').at(-1)?.toLowerCase() ?? '');

/** Books that are not archives of pages, and parts of split archives. */
const bookPattern = /\.(pdf|epub|mobi|azw3?|djvu?|cba|ace|lzh|r\d\d|z\d\d|7z\.\d+|zip\.\d+)$/i;
const otherFile = /\.(xml|json|txt|nfo|md|html?|url|db|ini|log|sfv|md5|opf|csv|ya?ml)$/i;

/** Returns whether a file beside chapters is metadata, hidden, or already listed as a book. */
const isExpectedBeside = (path: string) =>
  otherFile.test(path) || bookPattern.test(path) || isHidden(baseOf(path));

interface Folder {
  archives: string[];
  files: string[];
}

function foldersOf(paths: Iterable<string>): Map<string, Folder> {
  const folders = new Map<string, Folder>();
  for (const path of paths) {
    const parent = parentOf(path);
    const folder = folders.get(parent) ?? { archives: [], files: [] };
    folders.set(parent, folder);
    const isChapter = archivePattern.test(path) && !isHidden(baseOf(path)) && !isConflictCopy(path);
    (isChapter ? folder.archives : folder.files).push(path);
  }
  return folders;
}

/**
 * Returns whether a picture belongs to a series or to a chapter next to it: `cover.jpg`, or `Chapter 3.jpg` and
 * `Chapter 3.cbz`.
 */
function isArtworkBeside(path: string, chapters: ReadonlySet<string>): boolean {
  const stem = stemOf(path);
  return isArtwork(baseOf(stem)) || chapters.has(stem) || chapters.has(stem.replace(/-\d+$/, ''));
}

/** Returns whether any of these files, whose names do not give a format, begins like a picture. */
async function beginsAsPicture(files: LibraryFiles, names: readonly string[]): Promise<boolean> {
  const [first] = names
    .filter((name) => !isHidden(name) && !otherFile.test(name) && !bookPattern.test(name))
    .sort(byNaturalOrder);
  return first !== undefined && isPicture(await files.head(first));
}

/** Returns the files of a folder that are a chapter; none if its pictures belong to chapters next to it or below it. */
async function chapterIn(
  path: string,
  folder: Folder,
  hasChaptersBelow: boolean,
  neighbours: ReadonlySet<string>,
  files: LibraryFiles,
): Promise<string[]> {
  const pictures = folder.files.filter((name) => imagePattern.test(name) && !isHidden(baseOf(name)));
  const own = pictures.filter((name) => !isArtworkBeside(name, neighbours));
  if (folder.archives.length > 0) return [];
  if (hasChaptersBelow)
    return own.filter((name) => /\d/.test(baseOf(stemOf(name)))).length > 1
      ? folder.files.filter((name) => !isArtworkBeside(name, neighbours))
      : [];
  if (own.length > 0) return folder.files;
  return pictures.length === 0 && path !== '' && (await beginsAsPicture(files, folder.files))
    ? folder.files
    : [];
}

/** A folder of works that are complete in one file each, as Komga's. */
const oneShots = /^_?one[-_ ]?shots?$/i;

/** Returns the nearest folder with a name; at the top also one that is only a number, such as the series `86`. */
function seriesFolderOf(path: string): string | undefined {
  const folders = ancestorsOf(parentOf(path)).filter((folder) => folder !== '');
  return (
    folders.find((folder) => !isPartOfSeries(baseOf(folder))) ??
    folders.find((folder) => /^\d+$/.test(folder))
  );
}

function seriesOf(path: string, isArchive: boolean, files: LibraryFiles) {
  const named = seriesFolderOf(path);
  // Two folders whose names differ only in how their letters are stored are one series.
  if (named !== undefined && !oneShots.test(baseOf(named)))
    return {
      series: named.normalize('NFC'),
      seriesName: baseOf(named).normalize('NFC').trim(),
      seriesFolder: named,
    };
  const stem = path === '' ? files.name : baseOf(isArchive ? path.replace(archivePattern, '') : path);
  const { series } = parseChapterName(stem);
  if (named !== undefined) {
    const title = series ?? stem;
    return {
      series: `${named}/${title}`.normalize('NFC'),
      seriesName: title.normalize('NFC'),
      seriesFolder: null,
    };
  }
  const seriesName = series ?? (files.isNamed && path !== '' ? files.name : stem);
  return { series: `/${seriesName.normalize('NFC').toLowerCase()}`, seriesName, seriesFolder: null };
}

/** Finds the chapters of a library: archives, and folders of pictures. */
export async function indexLibrary(files: LibraryFiles): Promise<LibraryIndex> {
  const paths = new Set<string>();
  for await (const path of files.list()) if (!isHidden(parentOf(path)) && !isClutter(path)) paths.add(path);
  const folders = foldersOf(paths);
  const found: Omit<LibraryChapter, 'namesakes'>[] = [];
  const ignored = [...paths].filter((path) => bookPattern.test(path));

  // The deepest first: whether a folder is a chapter depends on those below it.
  const byDepth = [...folders].sort(
    ([a], [b]) => b.split('/').length - a.split('/').length || (a < b ? -1 : 1),
  );
  const withChapters = new Set<string>();
  const chapterPaths = new Set<string>();
  for (const [path, folder] of byDepth.sort(([a], [b]) => Number(a === '') - Number(b === ''))) {
    for (const archive of folder.archives) {
      const id = archive.replace(archivePattern, '');
      found.push({ id, path: archive, names: undefined, ...seriesOf(archive, true, files) });
      chapterPaths.add(id);
    }
    const names = await chapterIn(path, folder, withChapters.has(path), chapterPaths, files);
    if (names.length > 0) {
      found.push({ id: path || files.name, path, names, ...seriesOf(path, false, files) });
      chapterPaths.add(path);
    } else
      ignored.push(
        ...folder.files.filter((name) => !isExpectedBeside(name) && !isArtworkBeside(name, chapterPaths)),
      );
    if (names.length > 0 || folder.archives.length > 0)
      for (const above of path === '' ? [] : ancestorsOf(parentOf(path))) withChapters.add(above);
  }
  return { chapters: byId(found), paths, ignored: ignored.sort(byNaturalOrder) };
}

/** Gives every chapter a unique id. */
function byId(found: readonly Omit<LibraryChapter, 'namesakes'>[]): Map<string, LibraryChapter> {
  const chapters = new Map<string, LibraryChapter>();
  const groups = Map.groupBy(found, ({ id }) => id);
  const ordered = [...groups].map(
    ([id, group]) =>
      [id, group.sort((a, b) => rankOf(a) - rankOf(b) || byNaturalOrder(a.path, b.path))] as const,
  );
  const shown = ({ path, names }: Pick<LibraryChapter, 'path' | 'names'>) =>
    names ? `the folder ${path}` : path;
  const add = (
    id: string,
    chapter: Omit<LibraryChapter, 'namesakes'>,
    group: readonly Omit<LibraryChapter, 'namesakes'>[],
  ) => chapters.set(id, { ...chapter, id, namesakes: group.filter((one) => one !== chapter).map(shown) });
  for (const [id, group] of ordered) add(id, group[0] as LibraryChapter, group);
  for (const [id, group] of ordered)
    for (const chapter of group.slice(1)) {
      let own = chapter.names ? `${id} (folder)` : chapter.path;
      while (chapters.has(own)) own += ' (2)';
      add(own, chapter, group);
    }
  return chapters;
}
