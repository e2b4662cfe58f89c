import type { ChapterMetadata } from '../../domain/chapter.ts';

/** Enough to claim a chapter, without opening it. */
interface ChapterListing {
  chapter_id: string;
  /** Equal for chapters that may share a video; absent where the source can't tell. */
  series?: string;
}

export interface SourcePage {
  /** The page's name in its source, for error messages. */
  name: string;
  /** The image as the source has it: any format, not yet checked. */
  image: Uint8Array;
}

export interface OpenChapter {
  metadata: ChapterMetadata;
  pageCount: number;
  /**
   * In reading order, from page `from` (1 unless told) to the last; what comes before it is stored already and is
   * not read. A page is read when it is asked for, or a few pages ahead of that where the source is far away.
   */
  pages(from?: number): AsyncIterable<SourcePage>;
}

/** Where chapters come from. Throws ChapterUnreadable for a chapter that can't be used, SourceUnavailable for later. */
export interface ChapterSource {
  readonly name: string;
  /** In the order in which they should be published. */
  list(): AsyncIterable<ChapterListing>;
  /** `use` runs while the chapter is open; whatever was opened is released when it ends. */
  withChapter<T>(chapterId: string, use: (chapter: OpenChapter) => Promise<T>): Promise<T>;
}
