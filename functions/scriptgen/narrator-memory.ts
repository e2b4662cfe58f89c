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
}

type Memory = Pick<LlmPorts, 'findReply' | 'putReply' | 'loadStory' | 'saveStory' | 'isWithheld'>;

/** Returns what became of a chapter; undefined if it was never claimed. */
export type FindChapter = (
  chapterId: string,
) => Promise<Pick<LedgerEntry, 'status' | 'out_since'> | undefined>;

/**
 * Stores what the llm narrator keeps in the bucket beyond a job: memories of series, and paid replies. What happened in a chapter that a
 * person rejected is not part of the memory.
 */
export const narratorMemory = (store: JsonStore, findChapter: FindChapter): Memory => ({
  findReply: (hash) => store.findJson(replyKey(hash), KeptReply),
  async putReply(hash, reply) {
    // First, so that no reply is there that a takedown does not find.
    await store.putJson(paidByKey(JobId.parse(reply.paid_by), hash), {});
    await store.putJson(replyKey(hash), reply);
  },
  async loadStory(mangaId) {
    const memory = await store.findJson(storyKey(mangaId), StoryMemory);
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
  },
  async isWithheld(chapterId) {
    const entry = await findChapter(chapterId);
    return entry !== undefined && entry.status !== 'published' && entry.out_since === undefined;
  },
  saveStory: (memory) => store.putJson(storyKey(memory.manga_id), memory),
});
