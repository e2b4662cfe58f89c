import type { Chapter, ChapterMetadata } from '../../domain/chapter.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { Finding } from '../../domain/proofreading/finding.ts';
import type { NarrationAccount, Presentation, SegmentDraft } from '../../domain/script.ts';
import type { Character, PageFacts, Recap } from '../../domain/story.ts';

export interface PageToNarrate {
  chapter: ChapterMetadata;
  /** All chapters as one, if the video has several. */
  whole?: ChapterMetadata;
  analysis: PageAnalysis;
  /** The first page of its chapter, and the last of the video, for openings and the farewell. */
  isFirst: boolean;
  isLast: boolean;
  /** Fetches the page's picture; called only by narrators that look at it. */
  image(): Promise<Uint8Array>;
}

/** Writes the Vietnamese narration of one page at a time. Every cited panel exists on that page. */
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

/** The ending of a chapter, with what the story knows. */
export interface Ending {
  characters: readonly Character[];
  /** The last events of an earlier chapter. */
  before: Recap;
  presentation: Presentation | undefined;
  account: NarrationAccount;
}

/** Parts that have to be told differently, since another video of the channel says nearly the same. */
export interface Retelling {
  /** Told segments by their place in the chapter, without those of the frame. */
  segments: ReadonlyMap<number, SegmentDraft>;
  /** Sentences of the other videos. */
  alike: readonly string[];
  /** The presentation, if its headline follows titles of other videos. */
  presentation?: { before: Presentation; titles: readonly string[] } | undefined;
}

export interface Retold {
  /** New texts of segments, by their place; the others could not be told differently. */
  texts: ReadonlyMap<number, string>;
  /** Undefined if the old one stays. */
  presentation: Presentation | undefined;
  account: NarrationAccount;
}

/** A script to be read over before it is spoken. */
export interface Proofs {
  /** Told segments by their place in the chapter, without those of the frame. */
  segments: ReadonlyMap<number, SegmentDraft>;
  /** The sentence that begins the video, if it has one. */
  hook: string | undefined;
}

/** A text that replaces another, and why. */
export interface Correction {
  text: string;
  why: string;
}

export interface Proofread {
  /** By the place of the segment. */
  corrections: ReadonlyMap<number, Correction>;
  hook: Correction | undefined;
  /** Faults that were not changed. */
  findings: Finding[];
  /** Number of segments that could not be read over; the account has the reasons. */
  unread: number;
  account: NarrationAccount;
}

/** One chapter that is being told by a narrator. */
export interface Telling {
  /** Adds a page that an earlier call has told, so that memory and budget continue from it. */
  recall(analysis: PageAnalysis, told: ToldPage): void;
  /** Narrates a page. Pages are passed in reading order; several can be in progress at once. */
  narratePage(page: PageToNarrate): Promise<ToldPage>;
  /** Called after the last page: stores what was learned for the next chapter. A repeated call changes nothing. */
  finish(): Promise<Ending>;
  /** Reads the whole script over, after it is finished. A repeated call returns the same. */
  proofread(proofs: Proofs): Promise<Proofread>;
  /** Rewrites parts of the chapter, after it is finished. A repeated call returns the same. */
  retell(request: Retelling): Promise<Retold>;
}

/** A narrator that carries a story from page to page, chapter to chapter and video to video. */
export interface StoryNarrator {
  readonly name: string;
  /** Maximum number of pages in progress. */
  readonly pagesAtOnce: number;
  /** Longest time that pages can still be in progress after the last one was passed, with all retries and the ending, in ms. */
  readonly tailMs: number;
  /** Longest time of proofreading, and of telling parts of the script differently, in ms. */
  readonly proofreadMs: number;
  readonly retellMs: number;
  /** @param tone how to tell the story, in the operator's words */
  beginChapter(chapter: Chapter, tone?: string): Promise<Telling>;
}
