import { chapterIdsOf } from '../../../domain/chapter-parts.ts';
import { NarrationFailed } from '../../../domain/errors.ts';
import type { PageAnalysis } from '../../../domain/page.ts';
import { type StoryMemory, storyBefore } from '../../../domain/story.ts';
import type { PageToNarrate, StoryNarrator, ToldPage } from '../narrator.ts';
import { ask, type ReplyCache } from './ask.ts';
import { Budget, type Usage } from './budget.ts';
import { createModelCaller } from './call-model.ts';
import { createModel, type ModelAccess } from './model.ts';
import { isFromLettering, tellPage } from './page.ts';
import { present } from './presentation.ts';
import { pageTask } from './prompt.ts';
import { proofread } from './proofread.ts';
import type { Question } from './question.ts';
import { retell } from './retell.ts';
import type { LlmSettings } from './settings.ts';
import { createTelling, type Knowledge } from './telling.ts';

export interface LlmPorts extends ModelAccess, ReplyCache {
  /** Returns the memory of a series; undefined if none of it was ever told. */
  loadStory(mangaId: string): Promise<StoryMemory | undefined>;
  /**
   * Changes the memory of a series, and returns it. Series of two folders can have one memory, so it is called again with what is
   * there then if another execution wrote it in the meantime.
   */
  changeStory(
    mangaId: string,
    change: (memory: StoryMemory | undefined) => StoryMemory,
  ): Promise<StoryMemory>;
  /** Returns whether viewers did not get a chapter that was told, since it is held or failed. */
  isWithheld(chapterId: string): Promise<boolean>;
}

/**
 * Consecutive pages without any reply after which the endpoint counts as gone and the chapter waits for another day.
 */
const mostLostInARow = 4;
/** Time limits for presenting a chapter, for reading it over, and for telling parts of it differently, in ms. */
const presentationMs = 60_000;
const proofreadMs = 300_000;
const retellMs = 150_000;

/**
 * Creates the narrator that sees the pictures and knows the story. Pages are told in parallel, but each sees the same memory
 * whatever the timing: page n knows the narration up to page n − pagesAtOnce, merged in reading order, and the lettering of
 * the pages in between. So a request depends only on the chapter, and a retry finds its cached replies.
 */
export async function createLlmNarrator(settings: LlmSettings, ports: LlmPorts): Promise<StoryNarrator> {
  const model = createModel(settings, ports);
  const callModel = createModelCaller(settings);
  const { pagesAtOnce, pageTimeoutMs } = settings;

  return {
    name: 'llm',
    pagesAtOnce,
    tailMs: pageTimeoutMs + (settings.presentation ? presentationMs : 0),
    proofreadMs,
    retellMs,

    async beginChapter(chapter, tone) {
      const task = pageTask(tone);
      const budget = new Budget(settings);
      const jobId = chapter.job_id;
      const base = storyBefore(await ports.loadStory(chapter.manga_id), chapterIdsOf(chapter));
      let lostInARow = 0;
      /** Returns the ports with a time limit. */
      const within = (ms: number) => {
        const deadline = Date.now() + ms;
        const asking = { model, settings, cache: ports, budget, jobId, callModel };
        return {
          ask: (question: Question) => ask(question, deadline, asking),
          costOf: (usage: Usage) => budget.costOf(usage),
        };
      };

      async function tell(page: PageToNarrate, known: Knowledge, before: PageAnalysis[]): Promise<ToldPage> {
        const { lost, ...told } = await tellPage(page, { ...known, before, task }, within(pageTimeoutMs));
        lostInARow = lost ? lostInARow + 1 : 0;
        if (lostInARow >= mostLostInARow)
          throw new NarrationFailed(
            `${mostLostInARow} pages in a row got no reply; ${told.account.notes.at(0) ?? ''}`,
          );
        return told;
      }

      return createTelling(chapter, base, pagesAtOnce, {
        ...ports,
        tell,
        count(told) {
          budget.add(told.account);
          // A repeated call continues where the last one gave up, with that call's number of pages.
          lostInARow = isFromLettering(told) ? lostInARow + 1 : 0;
        },
        present: async (pages, story) =>
          settings.presentation
            ? present(chapter, pages, story, within(presentationMs))
            : { presentation: undefined, account: { tokens_in: 0, tokens_out: 0, cost_usd: 0, notes: [] } },
        proofread: (proofs, story) => proofread(chapter, proofs, story, within(proofreadMs)),
        retell: (request, pages, story) => retell(chapter, request, { pages, story }, within(retellMs)),
      });
    },
  };
}
