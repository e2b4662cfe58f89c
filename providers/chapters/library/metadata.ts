import { createHash } from 'node:crypto';
import type { ChapterMetadata } from '../../../domain/chapter.ts';
import { distinctNotes, type LimitingNote } from '../../../domain/limiting-note.ts';
import { prohibitionsIn } from '../../../domain/republication.ts';
import { archivePattern } from '../archive.ts';
import { parseChapterName } from './chapter-name.ts';
import type { ComicInfo } from './comic-info.ts';
import { baseOf, type LibraryChapter, parentOf } from './library-index.ts';
import { type PageFiles, shortList } from './page-files.ts';
import type { SeriesInfo } from './series-info.ts';

/**
 * Joins the letters and digits of a title with hyphens; if that loses a symbol, a checksum distinguishes it from
 * others.
 */
export function seriesId(title: string): string {
  const plain = title.normalize('NFC').toLowerCase().trim();
  const slug = plain.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-|-$/g, '');
  if (slug !== '' && slug === plain.replaceAll(' ', '-')) return slug;
  const sum = createHash('sha256').update(plain).digest('hex').slice(0, 8);
  return slug ? `${slug}-${sum}` : sum;
}

/** Returns a title for a chapter without number and title: its volume, or the name of its file. */
function titleByName(name: string, volume: string | null, seriesName: string): string | null {
  if (volume) return `Tập ${volume}`;
  return name && name.toLowerCase() !== seriesName.toLowerCase() ? name : null;
}

/** Formats that Kavita takes for specials: their numbers are not those of chapters. */
const extraFormat =
  /^(annual|special|one[- ]?shot|director's cut|box[- ]set|anthology|tpb|trade paper ?back|omnibus|compendium|absolute|graphic novel|gn|fcbd)$/i;

interface Sources {
  chapter: LibraryChapter;
  /** The chapter's volume or season, if the series' name needs it to distinguish chapters. */
  division: string | null;
  /** The chapter's own ComicInfo.xml. */
  own: ComicInfo | undefined;
  series: SeriesInfo;
  files: PageFiles;
  notes: readonly string[];
  /** Text files that forbid republication. */
  limitingTexts: readonly LimitingNote[];
}

/**
 * Merges the metadata of a chapter, the nearest first: its own ComicInfo.xml, that of its series' folder, series.json,
 * and finally the names of its file and folder.
 */
export function metadataOf({
  chapter,
  division,
  own,
  series,
  files,
  notes,
  limitingTexts,
}: Sources): ChapterMetadata {
  const { id, path, seriesFolder, seriesName } = chapter;
  const shared = series.comicInfo;
  const nearest = <T>(choose: (info: ComicInfo) => T | null): T | null =>
    (own && choose(own)) ?? (shared ? choose(shared) : null);
  const stem = path === '' ? id : baseOf(chapter.names ? path : path.replace(archivePattern, ''));
  const name = parseChapterName(stem, seriesFolder === null ? null : seriesName);
  const known = nearest(({ series: title }) => title) ?? series.name;
  const title = known ?? seriesName;
  const isExtra = extraFormat.test(own?.format ?? '');
  const number = isExtra ? null : (own?.number ?? (name.extra === null ? name.number : null));
  const folder = parentOf(path);
  const volumeOfFolder = folder === seriesFolder ? null : parseChapterName(baseOf(folder)).volume;
  const volume = own?.volume ?? name.volume ?? volumeOfFolder;
  const inDivision = (series: string) => (division === null ? series : `${series}, ${division}`);
  const localized = nearest(({ localizedSeries }) => localizedSeries);
  const limitingNotes = distinctNotes([
    ...(own?.limitingNotes ?? []),
    ...(shared?.limitingNotes ?? []),
    ...series.limitingNotes,
    ...limitingTexts,
  ]);
  const limits = limitingNotes.flatMap(({ sentences }) => sentences);
  const forbidden = limits.find((one) => prohibitionsIn(one).length > 0) ?? limits[0] ?? null;
  const credits = [own?.credits, shared?.credits, series.credits].find((some) => some && some.length > 0);
  const direction = [own?.direction, shared?.direction].find((one) => one && one !== 'unknown');
  return {
    chapter_id: id,
    manga_id: known === null && seriesFolder !== null ? seriesId(seriesFolder) : seriesId(title),
    manga_title: inDivision(title),
    number,
    title:
      own?.title ??
      (isExtra ? [own?.format, own?.number].filter((one) => one).join(' ') : null) ??
      (number === null && name.volume && name.title ? `Tập ${name.volume}: ${name.title}` : name.title) ??
      name.extra ??
      name.part?.title ??
      (number === null
        ? titleByName(seriesFolder === null ? '' : stem.normalize('NFC'), volume, seriesName)
        : null),
    summary: nearest(({ summary }) => summary),
    language: nearest(({ language }) => language),
    reading_direction: direction ?? 'unknown',
    credits: credits ?? [],
    licence: forbidden === null ? nearest(({ licence }) => licence) : null,
    source: { name: 'library', url: nearest(({ web }) => web) },
    localized_title: localized && inDivision(localized),
    volume,
    age_rating: nearest(({ ageRating }) => ageRating) ?? series.ageRating,
    republication_forbidden: forbidden,
    limiting_notes: limitingNotes,
    source_pages: files.pages.length,
    skipped_files: shortList(files.skipped),
    notes: [
      ...notes,
      ...(own?.notes ?? []),
      ...series.notes,
      ...chapter.namesakes.map((other) => `The library also has ${other}, under the same name`),
    ],
  };
}
