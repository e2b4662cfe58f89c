import type { Chapter } from '../../../domain/chapter.ts';
import { NarrationFailed } from '../../../domain/errors.ts';
import type { PageAnalysis } from '../../../domain/page.ts';
import { type Story, type StoryMemory, storyBefore, withFacts } from '../../../domain/story.ts';
import type { Ending, PageToNarrate, StoryNarrator, Telling, ToldPage } from '../narrator.ts';
import { ask, type Question, type ReplyCache } from './ask.ts';
import { Budget, type Usage } from './budget.ts';
import { createModel, type ModelAccess } from './model.ts';
import { tellPage } from './page.ts';
import { createPatience } from './patience.ts';
import { present } from './presentation.ts';
import type { LlmSettings } from './settings.ts';

export interface LlmPorts extends ModelAccess, ReplyCache {
  /** The memory of a series; undefined when nothing of it was ever told. */
  loadStory(mangaId: string): Promise<StoryMemory | undefined>;
  saveStory(memory: StoryMemory): Promise<void>;
}

/** Pages in a row without any reply, after which the endpoint counts as gone and the chapter waits for another day. */
const LOST_IN_A_ROW = 4;
/** All that presenting a chapter may take. */
const PRESENTATION_MS = 60_000;
/** Segments that a page must not repeat. */
const TOLD = 40;

/** What is known after a page. */
interface Knowledge {
  story: Story;
  told: string[];
}

/**
 * The narrator that sees the pictures and knows the story. Pages are told in parallel, and still each sees the same
 * memory whatever the timing: page n knows what was told up to page n − pagesAtOnce, merged in reading order, and of
 * the pages between the lettering. So a request depends on nothing but the chapter, and a retry finds its replies.
 */
export async function createLlmNarrator(settings: LlmSettings, ports: LlmPorts): Promise<StoryNarrator> {
  const model = createModel(settings, ports);
  const patiently = createPatience(settings);
  const { pagesAtOnce, pageTimeoutMs } = settings;

  return {
    name: 'llm',
    pagesAtOnce,
    tailMs: pageTimeoutMs + (settings.presentation ? PRESENTATION_MS : 0),

    async beginChapter(chapter) {
      const budget = new Budget(settings);
      const jobId = chapter.job_id;
      const base = storyBefore(await ports.loadStory(chapter.manga_id), chapter.chapter_id);
      let lostInARow = 0;
      /** Ports of something that has so long to be told. */
      const within = (ms: number) => {
        const deadline = Date.now() + ms;
        const asking = { model, settings, cache: ports, budget, jobId, patiently };
        return {
          ask: (question: Question) => ask(question, deadline, asking),
          costOf: (usage: Usage) => budget.costOf(usage),
        };
      };

      async function tell(page: PageToNarrate, known: Knowledge, before: PageAnalysis[]): Promise<ToldPage> {
        const { lost, ...told } = await tellPage(page, { ...known, before }, within(pageTimeoutMs));
        lostInARow = lost ? lostInARow + 1 : 0;
        if (lostInARow >= LOST_IN_A_ROW)
          throw new NarrationFailed(
            `${LOST_IN_A_ROW} pages in a row got no reply; ${told.account.notes.at(0) ?? ''}`,
          );
        return told;
      }

      return createTelling(chapter, base, pagesAtOnce, {
        ...ports,
        tell,
        count: ({ account }) => budget.add(account),
        present: async (pages, story) =>
          settings.presentation
            ? present(chapter, pages, story, within(PRESENTATION_MS))
            : { presentation: undefined, account: { tokens_in: 0, tokens_out: 0, cost_usd: 0, notes: [] } },
      });
    },
  };
}

type Told = Pick<ToldPage, 'facts' | 'segments'>;

interface TellingPorts extends Pick<LlmPorts, 'loadStory' | 'saveStory'> {
  tell(page: PageToNarrate, known: Knowledge, before: PageAnalysis[]): Promise<ToldPage>;
  /** Counts what a page has cost in an earlier call. */
  count(told: ToldPage): void;
  present(pages: readonly Told[], story: Story): Promise<Ending>;
}

/** Carries the memory from page to page. */
function createTelling(chapter: Chapter, base: Story, pagesAtOnce: number, ports: TellingPorts): Telling {
  const analyses: PageAnalysis[] = [];
  const telling: Promise<Told>[] = [];
  const knowledge: Promise<Knowledge>[] = [];
  const atStart = Promise.resolve<Knowledge>({ story: base, told: [] });

  function append(analysis: PageAnalysis, told: Promise<Told>): void {
    const before = knowledge.at(-1) ?? atStart;
    const after = Promise.all([before, told]).then(([known, { facts, segments }]) => ({
      story: withFacts(known.story, chapter, facts),
      told: [...known.told, ...segments.map(({ text }) => text)].slice(-TOLD),
    }));
    // Whoever tells the page hears of its failure; here it must not end the process.
    after.catch(() => undefined);
    analyses.push(analysis);
    telling.push(told);
    knowledge.push(after);
  }

  return {
    recall(analysis, told) {
      ports.count(told);
      append(analysis, Promise.resolve(told));
    },

    narratePage(page) {
      const known = knowledge.at(-pagesAtOnce) ?? atStart;
      const before = pagesAtOnce > 1 ? analyses.slice(1 - pagesAtOnce) : [];
      const told = known.then((knowledge) => ports.tell(page, knowledge, before));
      append(page.analysis, told);
      return told;
    },

    async finish() {
      // Read again: another execution may have told another chapter meanwhile, and what it learned must not be lost.
      const { manga_id, chapter_id } = chapter;
      const before = storyBefore(await ports.loadStory(manga_id), chapter_id);
      const pages = await Promise.all(telling);
      const story = pages.reduce((known, { facts }) => withFacts(known, chapter, facts), before);
      await ports.saveStory({ manga_id, story, told: { chapter_id, before } });
      return ports.present(pages, story);
    },
  };
}
