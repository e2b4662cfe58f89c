import type { StoredPage } from '../../domain/chapter.ts';
import type { NarrationAccount, PageDraft } from '../../domain/script.ts';
import type { Ending, Narrator, StoryNarrator } from '../../providers/narrators/narrator.ts';
import type { ReadingPorts } from './read-page.ts';

export interface DraftingPorts extends ReadingPorts {
  findDraft(key: string): Promise<PageDraft | undefined>;
  putDraft(key: string, draft: PageDraft): Promise<void>;
  narrator: Narrator | StoryNarrator;
  /** What is left for starting on a page, in ms, when all that may follow it is taken off. */
  timeToStart(tailMs: number): number;
  /** Told after each page. */
  onDrafted(): Promise<void>;
}

/** The pages of one chapter on their way to drafts. */
export interface Drafting {
  /** Takes in the pages that earlier calls have drafted. */
  resume(pages: readonly StoredPage[]): Promise<void>;
  /** Sees to a page's draft; with several pages under way it answers when the next one may come. */
  draft(page: StoredPage): Promise<void>;
  /** Waits for pages under way; the first that failed fails it. */
  settle(): Promise<void>;
  /** After the last page; the ending of narrators that know the story. */
  finish(): Promise<Ending | undefined>;
  /** The first page that was handed over and not begun, since the time ran out before its turn. */
  unbegun(): StoredPage | undefined;
  /** How long pages may still be under way after the last one was handed over, in ms. */
  tailMs: number;
  /** What narrating took so far; undefined for narrators that cost nothing. */
  account(): NarrationAccount | undefined;
}
