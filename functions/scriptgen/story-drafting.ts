import type { Artifacts } from '../../domain/artifacts.ts';
import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { NarrationAccount } from '../../domain/script.ts';
import type { PageFacts } from '../../domain/story.ts';
import type { StoryNarrator, ToldPage } from '../../providers/narrators/narrator.ts';
import { accountOf } from './account.ts';
import type { Drafting, DraftingPorts } from './drafting.ts';
import { readPage } from './read-page.ts';

const noFacts: PageFacts = { characters: [], places: [], events: [] };

/** Drafts for a narrator that knows the story: several pages are told in parallel, while the next is being read. */
export async function asStory(
  chapter: Chapter,
  artifacts: Artifacts,
  narrator: StoryNarrator,
  ports: DraftingPorts,
): Promise<Drafting> {
  const telling = await narrator.beginChapter(chapter, ports.tone);
  const pages: Promise<void>[] = [];
  let begun = false;
  let unbegun: StoredPage | undefined;
  const failures: unknown[] = [];
  const accounts: NarrationAccount[] = [];

  async function keep(key: string, analysis: PageAnalysis, told: Promise<ToldPage>): Promise<void> {
    const page = await told;
    accounts.push(page.account);
    await ports.putDraft(key, { analysis, ...page });
    await ports.onDrafted();
  }

  async function settle(): Promise<void> {
    await Promise.all(pages);
    if (failures.length > 0) throw failures[0];
  }

  /** Adds an existing draft to the story. */
  async function recall(page: StoredPage): Promise<boolean> {
    const draft = await ports.findDraft(artifacts.pageDraft(page.number));
    if (!draft) return false;
    const { analysis, segments, facts = noFacts, account = accountOf([]) } = draft;
    telling.recall(analysis, { segments, facts, account });
    accounts.push(account);
    pages.push(Promise.resolve());
    return true;
  }

  async function draft(page: StoredPage): Promise<void> {
    if (unbegun) return;
    if (await recall(page)) return ports.onDrafted();
    const read = await readPage(chapter, page, ports);
    // The last page in this instance's memory; when it is done, fewer than `pagesAtOnce` are in progress.
    await pages.at(-narrator.pagesAtOnce);
    if (failures.length > 0) return settle();
    // The first page is always started, otherwise a call could end without progress.
    if (begun && ports.timeToStart(narrator.tailMs) < 0) {
      unbegun = page;
      return;
    }
    begun = true;
    const told = telling.narratePage(read);
    pages.push(
      keep(artifacts.pageDraft(page.number), read.analysis, told).catch(
        (error: unknown) => void failures.push(error),
      ),
    );
  }

  return {
    tailMs: narrator.tailMs,
    account: () => accountOf(accounts),
    async finish() {
      const ending = await telling.finish();
      accounts.push(ending.account);
      return ending;
    },
    async proofread(proofs) {
      const read = await telling.proofread(proofs);
      accounts.push(read.account);
      return read;
    },
    async retell(request) {
      const retold = await telling.retell(request);
      accounts.push(retold.account);
      return retold;
    },
    proofreadMs: narrator.proofreadMs,
    retellMs: narrator.retellMs,
    settle,
    draft,
    unbegun: () => unbegun,
    async resume(drafted) {
      for (const page of drafted) if (!(await recall(page))) await draft(page);
    },
  };
}
