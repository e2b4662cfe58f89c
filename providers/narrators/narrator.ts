import type { Chapter, ChapterMetadata } from '../../domain/chapter.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { NarrationAccount, Presentation, SegmentDraft } from '../../domain/script.ts';
import type { PageFacts } from '../../domain/story.ts';

export interface PageToNarrate {
  chapter: ChapterMetadata;
  /** Where the video tells several chapters: all of them as one. */
  whole?: ChapterMetadata;
  analysis: PageAnalysis;
  /** The first page of its chapter, and the last of the video, for openings and the farewell. */
  isFirst: boolean;
  isLast: boolean;
  /** The page's picture, fetched only by narrators that look at it. */
  image(): Promise<Uint8Array>;
}

/** Writes the Vietnamese narration of one page at a time. Panels that it cites exist on that page. */
export interface Narrator {
  readonly name: string;
  narratePage(page: PageToNarrate): Promise<SegmentDraft[]>;
}

/** A page told by a narrator that remembers the story. */
export interface ToldPage {
  segments: SegmentDraft[];
  facts: PageFacts;
  account: NarrationAccount;
}

/** What is left to say when a chapter is told. */
export interface Ending {
  presentation: Presentation | undefined;
  account: NarrationAccount;
}

/** One chapter on its way through a narrator. */
export interface Telling {
  /** Takes in a page that an earlier call has told, so that memory and budget go on from it. */
  recall(analysis: PageAnalysis, told: ToldPage): void;
  /** Pages are handed over in reading order; several may be under way at once. */
  narratePage(page: PageToNarrate): Promise<ToldPage>;
  /** After the last page: keeps what was learned for the next chapter. Repeating it changes nothing. */
  finish(): Promise<Ending>;
}

/** A narrator that carries a story from page to page, chapter to chapter and video to video. */
export interface StoryNarrator {
  readonly name: string;
  /** How many pages may be under way at once. */
  readonly pagesAtOnce: number;
  /** How long work may go on after the last page was handed over, with all retries and the ending, in ms. */
  readonly tailMs: number;
  beginChapter(chapter: Chapter): Promise<Telling>;
}
