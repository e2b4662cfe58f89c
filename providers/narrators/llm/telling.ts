import type { Chapter } from '../../../domain/chapter.ts';
import { chapterIdsOf, partOf } from '../../../domain/chapter-parts.ts';
import type { PageAnalysis } from '../../../domain/page.ts';
import { eventsBefore, type Story, type StoryMemory, storyBefore, withFacts } from '../../../domain/story.ts';
import type {
  Ending,
  PageToNarrate,
  Proofread,
  Proofs,
  Retelling,
  Retold,
  Telling,
  ToldPage,
} from '../narrator.ts';

/** Number of earlier segments that a page must not repeat. */
const rememberedSegments = 40;

/** State after a page. */
export interface Knowledge {
  story: Story;
  told: string[];
}

type Told = Pick<ToldPage, 'facts' | 'segments'>;

interface TellingPorts {
  changeStory(
    mangaId: string,
    change: (memory: StoryMemory | undefined) => StoryMemory,
  ): Promise<StoryMemory>;
  isWithheld(chapterId: string): Promise<boolean>;
  tell(page: PageToNarrate, known: Knowledge, before: PageAnalysis[]): Promise<ToldPage>;
  /** Counts the cost of a page from an earlier call. */
  count(told: ToldPage): void;
  present(pages: readonly Told[], story: Story): Promise<Pick<Ending, 'presentation' | 'account'>>;
  proofread(proofs: Proofs, story: Story): Promise<Proofread>;
  retell(request: Retelling, pages: readonly Told[], story: Story): Promise<Retold>;
}

/** Carries the memory from page to page, in reading order, while several pages are being told. */
export function createTelling(
  chapter: Chapter,
  base: Story,
  pagesAtOnce: number,
  ports: TellingPorts,
): Telling {
  const analyses: PageAnalysis[] = [];
  const telling: Promise<Told>[] = [];
  const knowledge: Promise<Knowledge>[] = [];
  const atStart = Promise.resolve<Knowledge>({ story: base, told: [] });

  function append(analysis: PageAnalysis, told: Promise<Told>): void {
    const before = knowledge.at(-1) ?? atStart;
    const after = Promise.all([before, told]).then(([known, { facts, segments }]) => ({
      story: withFacts(known.story, partOf(chapter, analysis.number), facts),
      told: [...known.told, ...segments.map(({ text }) => text)].slice(-rememberedSegments),
    }));
    // The caller that narrates the page gets the failure; here it must not end the process.
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
      const { manga_id, chapter_id } = chapter;
      const pages = await Promise.all(telling);
      // Of what is there now: another execution could have told another chapter in the meantime, and its additions must not be lost.
      const { story, told } = await ports.changeStory(manga_id, (memory) => {
        const before = storyBefore(memory, chapterIdsOf(chapter));
        const story = pages.reduce(
          (known, { facts }, index) => withFacts(known, partOf(chapter, analyses[index]?.number ?? 1), facts),
          before,
        );
        return { manga_id, story, told: { chapter_id, before } };
      });
      const shown: Story['chapters'] = [];
      for (const earlier of told?.before.chapters ?? [])
        if (!(await ports.isWithheld(earlier.chapter_id))) shown.push(earlier);
      const recalled = eventsBefore({ chapters: shown }, partOf(chapter, 1));
      const known = { characters: story.characters, before: recalled };
      return { ...known, ...(await ports.present(pages, story)) };
    },

    async proofread(proofs) {
      const { story } = await (knowledge.at(-1) ?? atStart);
      return ports.proofread(proofs, story);
    },

    async retell(request) {
      const { story } = await (knowledge.at(-1) ?? atStart);
      return ports.retell(request, await Promise.all(telling), story);
    },
  };
}
