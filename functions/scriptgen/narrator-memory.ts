import type * as z from 'zod';
import { paidByKey, replyKey, storyKey } from '../../domain/artifacts.ts';
import { ArtifactInvalid } from '../../domain/errors.ts';
import { JobId } from '../../domain/job.ts';
import type { LedgerEntry } from '../../domain/ledger-entry.ts';
import { StoryMemory, withoutChapters } from '../../domain/story.ts';
import { KeptReply, type LlmPorts } from '../../providers/narrators/index.ts';

export interface JsonStore {
  findJson<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  putJson(key: string, value: unknown): Promise<void>;
  /** Changes an object, and does it again with what is there then if another process wrote it in the meantime. */
  changeJson<T, R>(
    key: string,
    schema: z.ZodType<T>,
    change: (before: T | undefined) => Promise<{ after?: T | undefined; result: R }>,
  ): Promise<R>;
}

type Memory = Pick<LlmPorts, 'findReply' | 'putReply' | 'loadStory' | 'changeStory' | 'isWithheld'>;

/** Returns what became of a chapter; undefined if it was never claimed. */
export type FindChapter = (
  chapterId: string,
) => Promise<Pick<LedgerEntry, 'status' | 'out_since'> | undefined>;

/**
 * Stores what the llm narrator keeps in the bucket beyond a job: memories of series, and paid replies. What happened in a chapter that a
 * person rejected is not part of the memory.
 */
export const narratorMemory = (store: JsonStore, findChapter: FindChapter): Memory => {
  /** Returns a series' memory without rejected chapters. */
  async function known(mangaId: string, memory: StoryMemory | undefined): Promise<StoryMemory | undefined> {
    // It would be written over the memory of that series.
    if (memory && memory.manga_id !== mangaId)
      throw new ArtifactInvalid(
        `${storyKey(mangaId)} is the memory of ${memory.manga_id}, not of ${mangaId}; correct its manga_id or delete it`,
      );
    if (!memory) return undefined;
    const told = [...memory.story.chapters, ...(memory.told ? [memory.told] : [])];
    const ids = new Set(told.map(({ chapter_id }) => chapter_id));
    const found = await Promise.all([...ids].map(async (id) => ({ id, entry: await findChapter(id) })));
    const rejected = new Set(found.flatMap(({ id, entry }) => (entry?.status === 'blocked' ? id : [])));
    return rejected.size > 0 ? withoutChapters(memory, (id) => rejected.has(id)) : memory;
  }

  return {
    findReply: (hash) => store.findJson(replyKey(hash), KeptReply),
    async putReply(hash, reply) {
      // First, so that no reply is there that a takedown does not find.
      await store.putJson(paidByKey(JobId.parse(reply.paid_by), hash), {});
      await store.putJson(replyKey(hash), reply);
    },
    loadStory: async (mangaId) => known(mangaId, await store.findJson(storyKey(mangaId), StoryMemory)),
    changeStory: (mangaId, change) =>
      store.changeJson(storyKey(mangaId), StoryMemory, async (memory) => {
        const after = change(await known(mangaId, memory));
        return { after, result: after };
      }),
    async isWithheld(chapterId) {
      const entry = await findChapter(chapterId);
      return entry !== undefined && entry.status !== 'published' && entry.out_since === undefined;
    },
  };
};
