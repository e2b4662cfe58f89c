import * as z from 'zod';
import type { Credit } from '../../../domain/chapter.ts';
import { forbidsRepublication, limitsRepublication } from '../../../domain/republication.ts';
import type { LibraryFiles } from '../library-files.ts';
import { type ComicInfo, parseComicInfo } from './comic-info.ts';
import { baseOf, type LibraryChapter, type LibraryIndex, parentOf } from './library-index.ts';

/** Metadata in a series' folder that applies to all its chapters. */
export interface SeriesInfo {
  comicInfo: ComicInfo | undefined;
  /** From `series.json` or `details.json`. */
  name: string | null;
  ageRating: string | null;
  credits: Credit[];
  republicationForbidden: string | null;
  notes: string[];
}

const text = z.string().trim().min(1).nullish().catch(null);
/** https://github.com/mylar3/mylar3/wiki/series.json-schema-(version-1.0.2) */
const Mylar = z.object({
  metadata: z.object({
    name: text,
    publisher: text,
    age_rating: text,
    description_text: text,
    comments: text,
  }),
});
/** Written by Tachiyomi before Mihon switched to ComicInfo.xml. */
const Details = z.object({ title: text, author: text, artist: text, description: text });

const credit = (role: string, name: string | null | undefined): Credit[] => (name ? [{ role, name }] : []);

type Described = Pick<SeriesInfo, 'name' | 'ageRating' | 'credits' | 'republicationForbidden'>;

function described(value: unknown): Described | undefined {
  const mylar = Mylar.safeParse(value);
  if (mylar.success) {
    const { name, publisher, age_rating, description_text, comments } = mylar.data.metadata;
    return {
      name: name ?? null,
      ageRating: age_rating ?? null,
      credits: credit('Phát hành', publisher),
      republicationForbidden:
        limitsRepublication(comments ?? null) ?? forbidsRepublication(description_text ?? null),
    };
  }
  const details = Details.safeParse(value);
  if (!details.success) return undefined;
  const { title, author, artist, description } = details.data;
  return {
    name: title ?? null,
    ageRating: null,
    credits: [...credit('Kịch bản', author), ...credit('Tranh', artist)],
    republicationForbidden: forbidsRepublication(description ?? null),
  };
}

/** Returns the folders whose files apply to a chapter: from its own up to its series', or the root if it has none. */
function foldersAbove({ path, seriesFolder }: LibraryChapter): string[] {
  const folders: string[] = [];
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    folders.push(folder);
    if (folder === (seriesFolder ?? '') || folder === '') return folders;
  }
}

/** Reads the files next to the chapters of a series: the nearest ComicInfo.xml, and series.json or details.json. */
export async function seriesInfo(
  chapter: LibraryChapter,
  { paths }: LibraryIndex,
  files: LibraryFiles,
): Promise<SeriesInfo> {
  const find = (name: string) =>
    // If the root itself is a chapter, all of them are among its own files.
    foldersAbove(chapter).flatMap((folder) =>
      [...paths].filter((path) => parentOf(path) === folder && baseOf(path).toLowerCase() === name),
    )[0];
  const info: SeriesInfo = {
    comicInfo: undefined,
    name: null,
    ageRating: null,
    credits: [],
    republicationForbidden: null,
    notes: [],
  };
  if (chapter.path === '') return info;
  const xml = find('comicinfo.xml');
  if (xml !== undefined) {
    info.comicInfo = parseComicInfo(await files.read(xml), xml);
    info.notes.push(...info.comicInfo.notes);
  }
  for (const name of ['series.json', 'details.json']) {
    const path = find(name);
    if (path === undefined || info.name !== null) continue;
    try {
      const bytes = Buffer.from(await files.read(path));
      Object.assign(info, described(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))));
    } catch (error) {
      info.notes.push(`${path} can't be read: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return info;
}
