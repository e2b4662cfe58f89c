import * as z from 'zod';
import { FollowingChapter } from './following-chapter.ts';
import { JobId } from './job.ts';
import { LimitingNote } from './limiting-note.ts';

/** `rtl` manga, `ltr` Western comics, `ttb` webtoon strips; `unknown` leaves the guess to the page reader. */
export const ReadingDirection = z.enum(['rtl', 'ltr', 'ttb', 'unknown']);
export type ReadingDirection = z.infer<typeof ReadingDirection>;

export const Credit = z.object({ role: z.string(), name: z.string() });
export type Credit = z.infer<typeof Credit>;

/** A source's metadata of a chapter, before its pages are read. */
export const ChapterMetadata = z.object({
  chapter_id: z.string().min(1),
  manga_id: z.string().min(1),
  manga_title: z.string().min(1),
  number: z.string().nullable(),
  title: z.string().nullable(),
  summary: z.string().nullable(),
  /** BCP 47 language of the text inside the pages; null if the source does not say. */
  language: z.string().nullable(),
  reading_direction: ReadingDirection,
  credits: z.array(Credit),
  licence: z.string().nullable(),
  source: z.object({ name: z.string(), url: z.string().nullable() }),
  /** Title of the series in another language or in Latin letters, e.g. ComicInfo's `LocalizedSeries`. */
  localized_title: z.string().nullable().optional(),
  /** Volume that the chapter belongs to, as the source writes it. */
  volume: z.string().nullable().optional(),
  /** ComicInfo's `AgeRating` in its own words, e.g. `Mature 17+`; null if the source does not say. */
  age_rating: z.string().nullable().optional(),
  /** The source's first sentence that forbids republication, or only limits it; null without one. */
  republication_forbidden: z.string().nullable().optional(),
  /** All texts of the source that have such sentences; absent in chapters that were stored before notes were remembered. */
  limiting_notes: z.array(LimitingNote).optional(),
  /** Number of files that were pages when the source was opened; `files` of the stored pages counts them. */
  source_pages: z.number().int().nonnegative().optional(),
  /** Names of files in the source that are not pages: the first 100, then one line that counts the rest. */
  skipped_files: z.array(z.string()).optional(),
  /** Guesses and tolerated faults while the source was read, one sentence each, e.g. a broken ComicInfo.xml. */
  notes: z.array(z.string()).optional(),
});
export type ChapterMetadata = z.infer<typeof ChapterMetadata>;

/** One page as stored: JPEG, upright, sRGB. Sizes in pixels. */
export const StoredPage = z.object({
  number: z.number().int().positive(),
  key: z.string(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /**
   * Number of source files that begin on this page, unless it is one: the files of a strip are joined and cut again.
   * The sum over all pages is `source_pages`.
   */
  files: z.number().int().nonnegative().optional(),
  /** Whether it is cut off where the art of a strip has no even row, so maybe through a figure or a balloon. */
  ends_in_art: z.boolean().optional(),
});
export type StoredPage = z.infer<typeof StoredPage>;

/** The settings of a series that its library has beside the chapters: the file's path in the library, and its JSON, unchecked. */
export const SettingsBeside = z.object({ file: z.string().min(1), settings: z.unknown() });
export type SettingsBeside = z.infer<typeof SettingsBeside>;

/** One of several chapters in a video, and the page where it begins. */
export const ChapterPart = ChapterMetadata.extend({ first_page: z.number().int().positive() });
export type ChapterPart = z.infer<typeof ChapterPart>;

/**
 * chapter.json. Written last by the fetcher, so its presence means that every page exists. For a video with several
 * chapters they are in `parts`, and the other fields describe all of them.
 */
export const Chapter = ChapterMetadata.extend({
  job_id: JobId,
  /** The channel that the video is for, unless it is the first one. */
  channel: z.string().optional(),
  /** A chapter that belongs after it in the series, and was out or held when this one was claimed. */
  overtaken_by: z.string().optional(),
  /** Absent if it was the last one when it was claimed. */
  followed_by: FollowingChapter.optional(),
  /** Kept here, so that each step of the job reads the same, and only the fetcher reads the library. */
  settings_beside: SettingsBeside.optional(),
  pages: z.array(StoredPage).min(1),
  parts: z.array(ChapterPart).min(2).optional(),
});
export type Chapter = z.infer<typeof Chapter>;
