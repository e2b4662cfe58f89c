import type { ChapterMetadata } from '../../domain/chapter.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { SegmentDraft } from '../../domain/script.ts';

export interface PageToNarrate {
  chapter: ChapterMetadata;
  analysis: PageAnalysis;
  /** Position of the page among all of them, for openings and farewells. */
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
