import * as z from 'zod';
import type { Credit } from '../../../domain/chapter.ts';
import { distinctNotes, type LimitingNote } from '../../../domain/limiting-note.ts';
import { limitingNote } from '../../../domain/republication/limiting-note.ts';
import { prohibitionsIn } from '../../../domain/republication.ts';
import type { LibraryFiles } from '../library-files.ts';
import { type ComicInfo, maxInfoBytes, parseComicInfo } from './comic-info.ts';
import { documentText } from './document-text.ts';
import { baseOf, type LibraryChapter, type LibraryIndex, parentOf } from './library-index.ts';

/** Metadata in a series' folder that applies to all its chapters. */
export interface SeriesInfo {
  comicInfo: ComicInfo | undefined;
  /** From `series.json` or `details.json`. */
  name: string | null;
  ageRating: string | null;
  credits: Credit[];
  /** Texts in that file that forbid republication, or do not clearly permit it. */
  limitingNotes: LimitingNote[];
  notes: string[];
}

/** Far above any real file. */
const maxBytes = 1024 * 1024;

const FieldText = z.union([
  z.string(),
  z.number().transform(String),
  z.array(z.string()).transform((all) => all.join(', ')),
]);
const Fields = z.record(z.string(), z.unknown());

/**
 * Names of the fields: those of Mylar's `metadata` (https://github.com/mylar3/mylar3/wiki/series.json-schema-(version-1.0.2)), and those
 * of details.json, which Tachiyomi wrote before Mihon switched to ComicInfo.xml. Either is read in any file.
 */
const fieldNames = {
  name: ['name', 'title', 'series'],
  ageRating: ['age_rating'],
  publisher: ['publisher'],
  author: ['author', 'authors'],
  artist: ['artist', 'artists'],
  comments: ['comments'],
  description: ['description_text', 'description'],
} as const;

const credit = (role: string, name: string | null): Credit[] => (name ? [{ role, name }] : []);

type Described = Pick<SeriesInfo, 'name' | 'ageRating' | 'credits' | 'limitingNotes' | 'notes'>;

/** Returns what a series' JSON file says; what is in another form than expected becomes a note. */
function described(value: unknown, path: string): Described {
  const notes: string[] = [];
  const top = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const file = Fields.safeParse(top).data ?? {};
  const fields = Fields.safeParse(file.metadata).data ?? file;
  const keyOf = (kind: keyof typeof fieldNames) => fieldNames[kind].find((one) => (fields[one] ?? '') !== '');
  const anyText = (key: string) => FieldText.safeParse(fields[key]).data?.normalize('NFC').trim() || null;
  const field = (kind: keyof typeof fieldNames): string | null => {
    const key = keyOf(kind);
    if (key === undefined) return null;
    const read = anyText(key);
    if (read === null) notes.push(`${path}: ${key} is not a text, and is not used`);
    if (!read?.includes('\uFFFD')) return read;
    notes.push(`${path} has a broken character in ${key}, which is not used: ${read.slice(0, 100)}`);
    return null;
  };
  /** A lost character does not hide what a text forbids. */
  const limitsOf = (kind: 'comments' | 'description', limits?: (text: string) => string[]) => {
    const key = keyOf(kind);
    return key === undefined ? null : limitingNote(anyText(key), `${path}: ${key}`, limits);
  };
  const name = field('name');
  if (name === null && notes.length === 0)
    notes.push(
      Array.isArray(value) && value.length > 1
        ? `${path} describes ${value.length} series, so it is not used`
        : `${path} does not name its series: it has neither metadata.name nor title`,
    );
  return {
    name,
    ageRating: field('ageRating'),
    credits: [
      ...credit('Phát hành', field('publisher')),
      ...credit('Kịch bản', field('author')),
      ...credit('Tranh', field('artist')),
    ],
    limitingNotes: distinctNotes([limitsOf('comments'), limitsOf('description', prohibitionsIn)]),
    notes,
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

/** Returns the files next to the chapters of a series, the nearest first; none if the root itself is a chapter. */
export const filesBeside = (chapter: LibraryChapter, { paths }: LibraryIndex): string[] =>
  chapter.path === ''
    ? []
    : foldersAbove(chapter).flatMap((folder) => [...paths].filter((path) => parentOf(path) === folder));

/** Reads the files next to the chapters of a series: the nearest ComicInfo.xml, and series.json or details.json. */
export async function seriesInfo(
  chapter: LibraryChapter,
  index: LibraryIndex,
  files: LibraryFiles,
): Promise<SeriesInfo> {
  const beside = filesBeside(chapter, index);
  const find = (name: string) => beside.find((path) => baseOf(path).toLowerCase() === name);
  const info: SeriesInfo = {
    comicInfo: undefined,
    name: null,
    ageRating: null,
    credits: [],
    limitingNotes: [],
    notes: [],
  };
  const xml = find('comicinfo.xml');
  if (xml !== undefined) {
    info.comicInfo = parseComicInfo(await files.head(xml, maxInfoBytes + 1), xml);
    info.notes.push(...info.comicInfo.notes);
  }
  for (const name of ['series.json', 'details.json']) {
    const path = find(name);
    if (path === undefined || info.name !== null) continue;
    try {
      const { text, notes } = documentText(await files.read(path, maxBytes), path);
      const read = described(JSON.parse(text), path);
      Object.assign(info, read, { notes: [...info.notes, ...notes, ...read.notes] });
    } catch (error) {
      info.notes.push(`${path} can't be read: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return info;
}
