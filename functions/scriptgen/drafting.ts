import type { StoredPage } from '../../domain/chapter.ts';
import type { NarrationAccount, PageDraft } from '../../domain/script.ts';
import type {
  Ending,
  Narrator,
  Proofread,
  Proofs,
  Retelling,
  Retold,
  StoryNarrator,
} from '../../providers/narrators/narrator.ts';
import type { ReadingPorts } from './read-page.ts';

export interface DraftingPorts extends ReadingPorts {
  findDraft(key: string): Promise<PageDraft | undefined>;
  putDraft(key: string, draft: PageDraft): Promise<void>;
  narrator: Narrator | StoryNarrator;
  tone: string | undefined;
  /** Time left to start a page, in ms, without the time for what has to follow it. */
  timeToStart(tailMs: number): number;
  /** Called after each page. */
  onDrafted(): Promise<void>;
}

/** Creates the drafts of one chapter's pages. */
export interface Drafting {
  /** Adds the pages that earlier calls have drafted. */
  resume(pages: readonly StoredPage[]): Promise<void>;
  /** Drafts a page; with several pages in progress it resolves when the next one can start. */
  draft(page: StoredPage): Promise<void>;
  /** Waits for pages in progress; rejects with the first failure. */
  settle(): Promise<void>;
  /** Called after the last page; adds the ending of narrators that know the story. */
  finish(): Promise<Ending | undefined>;
  /** Reads the whole script over; absent for narrators that can't. */
  proofread?: (proofs: Proofs) => Promise<Proofread>;
  /** Rewrites parts; absent for narrators that can't. */
  retell?: (request: Retelling) => Promise<Retold>;
  /** Longest time they can take, in ms. */
  proofreadMs: number;
  retellMs: number;
  /** The first page that was passed in but not started, because the time ran out. */
  unbegun(): StoredPage | undefined;
  /** Longest time that pages can be in progress after the last one was passed in, in ms. */
  tailMs: number;
  /** Cost of the narration so far; undefined for narrators without costs. */
  account(): NarrationAccount | undefined;
}
