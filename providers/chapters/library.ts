import { ChapterUnreadable } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { byNaturalOrder } from '../../domain/natural-order.ts';
import { withArchive } from './archive.ts';
import { maxEntryBytes } from './archives/limits.ts';
import { isBlockedInLibrary, parseBlocklist } from './blocklist.ts';
import type { ChapterSource, OpenChapter } from './chapter-source.ts';
import { maxInfoBytes, parseComicInfo } from './library/comic-info.ts';
import { divisionOf, seriesInDivisions } from './library/divisions.ts';
import { baseOf, indexLibrary, type LibraryChapter, type LibraryIndex } from './library/library-index.ts';
import { metadataOf } from './library/metadata.ts';
import { type ChapterFiles, pageFiles, shortList } from './library/page-files.ts';
import { hasPlace, numberOf, publishingOrder, versionsIn } from './library/publishing-order.ts';
import { filesBeside, seriesInfo } from './library/series-info.ts';
import { settingsFiles } from './library/settings-file.ts';
import { limitsInTexts } from './library/text-notes.ts';
import type { LibraryFiles } from './library-files.ts';

/** Returns the ComicInfo.xml that is nearest to the root, whatever the case of its name. */
const infoNameIn = (names: readonly string[]) =>
  names
    .filter((name) => baseOf(name).toLowerCase() === 'comicinfo.xml')
    .sort((a, b) => a.split('/').length - b.split('/').length || byNaturalOrder(a, b))[0];

async function openChapter(
  chapter: LibraryChapter,
  index: LibraryIndex,
  library: LibraryFiles,
  files: ChapterFiles,
): Promise<OpenChapter> {
  const found = await pageFiles(files);
  const infoName = infoNameIn(files.names);
  const readSettings = settingsFiles(index).beside(chapter, library);
  const own =
    infoName && parseComicInfo(await files.head(infoName, maxInfoBytes + 1), `${files.label}: ${infoName}`);
  return {
    metadata: metadataOf({
      chapter,
      division: divisionOf(chapter, seriesInDivisions(index.chapters.values())),
      own: own || undefined,
      series: await seriesInfo(chapter, index, library),
      files: found,
      notes: files.notes,
      limitingTexts: [
        ...(await limitsInTexts(found.skipped, files.head)),
        ...(await limitsInTexts(filesBeside(chapter, index), library.head)),
      ],
    }),
    ...(readSettings && { readSettings }),
    pageCount: found.pages.length,
    async *pages(from = 1) {
      for (const name of found.pages.slice(from - 1))
        yield { name: `${files.label}: ${name}`, image: await files.read(name) };
    },
  };
}

/**
 * The operator's own chapters. An archive is a chapter, and so is a folder with images; its id is its path without the
 * extension, so a chapter that is saved again under its name is still the same chapter.
 */
export function librarySource(
  files: LibraryFiles,
  log: Log,
  readBlocklist?: () => Promise<unknown>,
): ChapterSource {
  const blockedNow = async () => parseBlocklist(await readBlocklist?.());
  let told = '';

  /** Reports the files of the library that are not published, once. */
  function tellIgnored(ignored: readonly string[]): void {
    const names = shortList(ignored.slice(0, 20)).join(', ');
    if (ignored.length > 0 && names !== told)
      log({ level: 'WARN', event: 'files_are_not_chapters', count: ignored.length, files: names });
    told = names;
  }

  return {
    name: 'library',
    async *list() {
      const blocked = await blockedNow();
      const index = await indexLibrary(files);
      const settings = settingsFiles(index);
      tellIgnored([...index.ignored, ...settings.unread]);
      const chapters = [...index.chapters.values()].filter(({ id }) => !isBlockedInLibrary(blocked, id));
      const waiting = new Set<string>();
      const versions = versionsIn(chapters);
      const restarting = seriesInDivisions(chapters);
      for (const chapter of publishingOrder(chapters)) {
        const { id, path: file, names, series } = chapter;
        const division = divisionOf(chapter, restarting);
        // An archive that is still being copied becomes a chapter once it is complete; those after it wait for it.
        if (!names && (await files.isUnfinished?.(file))) waiting.add(series);
        const others = versions.get(id);
        const number = numberOf(chapter);
        const readSettings = settings.beside(chapter, files);
        if (waiting.has(series)) continue;
        // A library that is one folder of pictures has no path inside itself: two such folders are two chapters.
        yield {
          ...{ chapter_id: id, series },
          ...(division !== null && { division }),
          ...(hasPlace(chapter) && { hasPlace: true as const }),
          ...(number !== null && { number }),
          ...(file !== '' && { file }),
          ...(others && { versions: others }),
          ...(readSettings && { readSettings }),
        };
      }
    },
    async withChapter(chapterId, use) {
      if (isBlockedInLibrary(await blockedNow(), chapterId))
        throw new ChapterUnreadable(`${chapterId} is on the blocklist`);
      const index = await indexLibrary(files);
      const chapter = index.chapters.get(chapterId);
      if (chapter === undefined)
        throw new ChapterUnreadable(`The library no longer has the chapter ${chapterId}`);
      const { path, names } = chapter;
      if (names) {
        const { head } = files;
        const read = (name: string) => files.read(name, maxEntryBytes);
        return use(
          await openChapter(chapter, index, files, { label: chapterId, names, notes: [], read, head }),
        );
      }
      return files.withLocalFile(path, (localPath) =>
        withArchive(localPath, path, async (archive) =>
          use(await openChapter(chapter, index, files, { label: path, ...archive })),
        ),
      );
    },
  };
}
