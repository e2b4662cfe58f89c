import type { ChapterMetadata } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { byNaturalOrder } from '../../domain/natural-order.ts';
import { withArchive } from './archive.ts';
import { isBlockedInLibrary, parseBlocklist } from './blocklist.ts';
import type { ChapterSource, OpenChapter } from './chapter-source.ts';
import { type ComicInfo, comicInfoName, parseComicInfo } from './comic-info.ts';
import type { LibraryFiles } from './library-files.ts';

const archivePattern = /\.(cbz|zip)$/i;
const imagePattern = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;
/** What operating systems leave in folders and archives. */
const clutterPattern = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$)/;

const parentOf = (path: string) => path.split('/').slice(0, -1).join('/');
const baseOf = (path: string) => path.split('/').at(-1) ?? path;

/** The files of one chapter, in an archive or a folder. */
interface ChapterFiles {
  label: string;
  names: string[];
  read(name: string): Promise<Uint8Array>;
}

function metadataOf(chapterId: string, info: ComicInfo | undefined): ChapterMetadata {
  const title = info?.series ?? baseOf(chapterId);
  return {
    chapter_id: chapterId,
    manga_id:
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '') || chapterId,
    manga_title: title,
    number: info?.number ?? null,
    title: info?.title ?? null,
    summary: info?.summary ?? null,
    language: info?.language ?? null,
    reading_direction: info?.direction ?? 'unknown',
    credits: info?.credits ?? [],
    licence: info?.licence ?? null,
    source: { name: 'library', url: info?.web ?? null },
  };
}

async function openChapter(chapterId: string, files: ChapterFiles): Promise<OpenChapter> {
  const images = files.names
    .filter((name) => imagePattern.test(name) && !clutterPattern.test(name))
    .sort(byNaturalOrder);
  if (images.length === 0) throw new ChapterUnreadable(`${files.label} has no pages: no image files in it`);
  const infoName = files.names.find((name) => baseOf(name).toLowerCase() === comicInfoName.toLowerCase());
  const info = infoName && parseComicInfo(await files.read(infoName), `${files.label}: ${infoName}`);
  return {
    metadata: metadataOf(chapterId, info || undefined),
    pageCount: images.length,
    async *pages(from = 1) {
      for (const name of images.slice(from - 1))
        yield { name: `${files.label}: ${name}`, image: await files.read(name) };
    },
  };
}

/**
 * The operator's own chapters. A CBZ or ZIP is one, and so is a folder with images; its id is its path without the
 * extension, so that a chapter that was saved again under its name is still the same chapter.
 */
export function librarySource(files: LibraryFiles, readBlocklist?: () => Promise<unknown>): ChapterSource {
  const blockedNow = async () => parseBlocklist(await readBlocklist?.());

  /** Chapter id → the archive, or the folder's files. */
  async function chapters(): Promise<Map<string, string | string[]>> {
    const found = new Map<string, string | string[]>();
    for await (const path of files.list()) {
      if (clutterPattern.test(path)) continue;
      if (archivePattern.test(path)) found.set(path.replace(archivePattern, ''), path);
      else if (imagePattern.test(path) || baseOf(path) === comicInfoName) {
        const id = parentOf(path) || files.name;
        const known = found.get(id);
        if (Array.isArray(known)) known.push(path);
        else if (known === undefined) found.set(id, [path]);
      }
    }
    return found;
  }

  return {
    name: 'library',
    async *list() {
      const blocked = await blockedNow();
      const found = await chapters();
      const ids = [...found.keys()].filter((id) => !isBlockedInLibrary(blocked, id));
      const waiting = new Set<string>();
      for (const chapter_id of ids.sort(byNaturalOrder)) {
        const series = parentOf(chapter_id);
        const archive = found.get(chapter_id);
        // One that is still being copied is a chapter when it is whole; those after it wait for it.
        if (typeof archive === 'string' && (await files.isUnfinished?.(archive))) waiting.add(series);
        if (!waiting.has(series)) yield { chapter_id, series };
      }
    },
    async withChapter(chapterId, use) {
      if (isBlockedInLibrary(await blockedNow(), chapterId))
        throw new ChapterUnreadable(`${chapterId} is on the blocklist`);
      const found = (await chapters()).get(chapterId);
      if (found === undefined)
        throw new ChapterUnreadable(`The library has no chapter ${chapterId} any more`);
      if (Array.isArray(found)) {
        return use(await openChapter(chapterId, { label: chapterId, names: found, read: files.read }));
      }
      return files.withLocalFile(found, (path) =>
        withArchive(path, found, async (archive) =>
          use(await openChapter(chapterId, { label: found, ...archive })),
        ),
      );
    },
  };
}
