import type { Artifacts } from '../../domain/artifacts.ts';
import type { Chapter, StoredPage } from '../../domain/chapter.ts';
import type { PageAnalysis } from '../../domain/page.ts';
import type { NarrationAccount, PageDraft } from '../../domain/script.ts';
import type { PageFacts } from '../../domain/story.ts';
import type {
  Ending,
  Narrator,
  PageToNarrate,
  StoryNarrator,
  ToldPage,
} from '../../providers/narrators/narrator.ts';
import type { PageReader } from '../../providers/vision/page-reader.ts';
import { accountOf } from './account.ts';

export interface DraftingPorts {
  getPage(key: string): Promise<Uint8Array>;
  findDraft(key: string): Promise<PageDraft | undefined>;
  putDraft(key: string, draft: PageDraft): Promise<void>;
  reader: PageReader;
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

/** Reads a page, always one at a time, and hands it over with its picture. */
async function readPage(chapter: Chapter, page: StoredPage, ports: DraftingPorts): Promise<PageToNarrate> {
  const image = await ports.getPage(page.key);
  const analysis = await ports.reader.read({
    number: page.number,
    image,
    direction: chapter.reading_direction,
    language: chapter.language,
  });
  const [isFirst, isLast] = [page.number === 1, page.number === chapter.pages.length];
  return { chapter, analysis, isFirst, isLast, image: async () => image };
}

/** Drafts for a narrator that knows one page at a time. */
function pageByPage(
  chapter: Chapter,
  artifacts: Artifacts,
  narrator: Narrator,
  ports: DraftingPorts,
): Drafting {
  return {
    tailMs: 0,
    account: () => undefined,
    unbegun: () => undefined,
    resume: async () => undefined,
    settle: async () => undefined,
    finish: async () => undefined,
    async draft(page) {
      const key = artifacts.pageDraft(page.number);
      if (!(await ports.findDraft(key))) {
        const read = await readPage(chapter, page, ports);
        await ports.putDraft(key, { analysis: read.analysis, segments: await narrator.narratePage(read) });
      }
      await ports.onDrafted();
    },
  };
}

const noFacts: PageFacts = { characters: [], places: [], events: [] };

/** Drafts for a narrator that knows the story: several pages are told at once, while the next is being read. */
async function asStory(
  chapter: Chapter,
  artifacts: Artifacts,
  narrator: StoryNarrator,
  ports: DraftingPorts,
): Promise<Drafting> {
  const telling = await narrator.beginChapter(chapter);
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

  /** A page that is drafted already takes its place in the story. */
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
    // The page that this one's memory reaches to; when it is done, fewer than `pagesAtOnce` are under way.
    await pages.at(-narrator.pagesAtOnce);
    if (failures.length > 0) return settle();
    // The first is always begun, or a call could end without any progress.
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
    settle,
    draft,
    unbegun: () => unbegun,
    async resume(drafted) {
      for (const page of drafted) if (!(await recall(page))) await draft(page);
    },
  };
}

export async function startDrafting(
  chapter: Chapter,
  artifacts: Artifacts,
  ports: DraftingPorts,
): Promise<Drafting> {
  const { narrator } = ports;
  return 'beginChapter' in narrator
    ? asStory(chapter, artifacts, narrator, ports)
    : pageByPage(chapter, artifacts, narrator, ports);
}
