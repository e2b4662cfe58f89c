import sharp from 'sharp';
import type { Chapter } from '../../../domain/chapter.ts';
import { type PageAnalysis, panelId } from '../../../domain/page.ts';
import type { StoryMemory } from '../../../domain/story.ts';
import { type FakeLlm, type FakeLlmOptions, startFakeLlm } from '../../../fakes/llm/server.ts';
import type { KeptReply } from '../llm/kept-reply.ts';
import { createLlmNarrator, type LlmPorts } from '../llm/llm-narrator.ts';
import { LlmSettings } from '../llm/settings.ts';
import type { Ending, ToldPage } from '../narrator.ts';

export const chapterOf = (pages: number, more: Partial<Chapter> = {}): Chapter => ({
  job_id: 'job-abc123',
  chapter_id: 'ngo-may-1',
  manga_id: 'ngo-may',
  manga_title: 'Ngõ Mây',
  number: '1',
  title: null,
  summary: null,
  language: 'vi',
  reading_direction: 'ltr',
  credits: [],
  licence: null,
  source: { name: 'library', url: null },
  pages: Array.from({ length: pages }, (_, i) => ({ number: i + 1, key: `p${i}`, width: 400, height: 600 })),
  ...more,
});

/** Returns a page with a panel for each text, with a bubble if the text is not empty. */
export const analysisOf = (number: number, texts: string[] = ['Mưa rồi!', 'Chạy thôi!']): PageAnalysis => ({
  number,
  width: 400,
  height: 600,
  panels: texts.map((text, i) => {
    const y = Math.floor((600 / texts.length) * i);
    const bubbles = text ? [{ x: 10, y: y + 5, w: 100, h: 20, text, confidence: 90 }] : [];
    return { id: panelId(number, i + 1), x: 0, y, w: 400, h: Math.floor(600 / texts.length), bubbles };
  }),
});

export const picture = await sharp({ create: { width: 400, height: 600, channels: 3, background: '#9ab' } })
  .jpeg()
  .toBuffer();

/** Creates the llm narrator with a fake endpoint, and the bucket in two maps. */
export async function llmFixture(options: FakeLlmOptions = {}, settings: Partial<LlmSettings> = {}) {
  const fake: FakeLlm = await startFakeLlm(options);
  const replies = new Map<string, KeptReply>();
  const stories = new Map<string, StoryMemory>();
  const ports: LlmPorts = {
    apiKey: fake.key,
    findReply: async (hash) => replies.get(hash),
    putReply: async (hash, reply) => void replies.set(hash, reply),
    loadStory: async (mangaId) => stories.get(mangaId),
    async changeStory(mangaId, change) {
      const after = change(stories.get(mangaId));
      stories.set(mangaId, after);
      return after;
    },
    isWithheld: async () => false,
  };
  const endings: Ending[] = [];
  const all = LlmSettings.parse({
    endpoint: { service: 'compatible', baseUrl: fake.baseUrl },
    model: fake.model,
    presentation: false,
    firstRetryMs: 5,
    // A slow machine must not look like a slow model; tests of these limits set their own.
    callTimeoutMs: 120_000,
    pageTimeoutMs: 600_000,
    pricePerMillionIn: 1,
    pricePerMillionOut: 4,
    ...settings,
  });

  /** Narrates a chapter like scriptgen: in order, with as many parallel pages as the narrator allows. */
  async function tellChapter(
    chapter: Chapter,
    analyses: PageAnalysis[],
    access: Partial<LlmPorts> = {},
  ): Promise<ToldPage[]> {
    const narrator = await createLlmNarrator(all, { ...ports, ...access });
    const telling = await narrator.beginChapter(chapter);
    const told: Promise<ToldPage>[] = [];
    const underWay = new Set<Promise<unknown>>();
    for (const [i, analysis] of analyses.entries()) {
      if (underWay.size >= narrator.pagesAtOnce) await Promise.race(underWay);
      const [isFirst, isLast] = [i === 0, i === analyses.length - 1];
      const page = telling.narratePage({ chapter, analysis, isFirst, isLast, image: async () => picture });
      told.push(page);
      const done: Promise<unknown> = page.catch(() => undefined).then(() => underWay.delete(done));
      underWay.add(done);
    }
    const pages = await Promise.all(told);
    endings.push(await telling.finish());
    return pages;
  }

  /** Narrates one page in the middle of a chapter. */
  const tellPage = async (texts?: string[]): Promise<ToldPage> => {
    const [, page] = await tellChapter(
      chapterOf(3),
      [1, 2, 3].map((n) => analysisOf(n, n === 2 ? texts : undefined)),
    );
    return page as ToldPage;
  };
  return { fake, endings, replies, stories, settings: all, ports, tellChapter, tellPage };
}
export type LlmFixture = Awaited<ReturnType<typeof llmFixture>>;
