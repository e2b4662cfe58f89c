import type { ChapterMetadata, SettingsBeside } from '../../domain/chapter.ts';

/** Reads the settings of a series beside its chapters. Rejects with ConfigurationError, which names the file, if that can't be read. */
export type ReadSettingsBeside = () => Promise<SettingsBeside>;

/** Enough information to claim a chapter without opening it. */
export interface ChapterListing {
  chapter_id: string;
  /** Equal for chapters that can share a video; absent if the source does not know. */
  series?: string;
  /** Volume or season of the series in which the chapter's number counts; chapters of two do not share a video. */
  division?: string;
  /** Id of that series, if the source knows it before the chapter is opened. */
  manga_id?: string;
  /** Present if its name says where it belongs in the series: a number, a volume or a prologue. */
  hasPlace?: true;
  /** Its number, if the source knows it before the chapter is opened. */
  number?: string;
  /** Ids of the same chapter in other versions: one of them is published. */
  versions?: readonly string[];
  /** File or folder of the chapter, if the id can belong to another one later. */
  file?: string;
  /** Present if the series has settings beside its chapters. */
  readSettings?: ReadSettingsBeside;
}

export interface SourcePage {
  /** The page's name in its source, for error messages. */
  name: string;
  /** The source's image in any format, unchecked. */
  image: Uint8Array;
}

export interface OpenChapter {
  metadata: ChapterMetadata;
  /** Present if the series has settings beside its chapters. */
  readSettings?: ReadSettingsBeside;
  pageCount: number;
  /**
   * Yields pages in reading order, from page `from` (default: 1) to the last; earlier ones are already stored and are not read.
   * A page is read when it is requested, or a few pages in advance if the source is remote.
   */
  pages(from?: number): AsyncIterable<SourcePage>;
}

/**
 * A source of chapters. Throws ChapterUnreadable for a chapter that can't be used, SourceUnavailable if a retry can
 * help.
 */
export interface ChapterSource {
  readonly name: string;
  /** Yields chapters in the order they should be published. */
  list(): AsyncIterable<ChapterListing>;
  /** Opens a chapter for the duration of `use`, then releases everything. */
  withChapter<T>(chapterId: string, use: (chapter: OpenChapter) => Promise<T>): Promise<T>;
}
