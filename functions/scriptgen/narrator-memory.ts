import type * as z from 'zod';
import { paidByKey, replyKey, storyKey } from '../../domain/artifacts.ts';
import { ArtifactInvalid } from '../../domain/errors.ts';
import { JobId } from '../../domain/job.ts';
import { StoryMemory } from '../../domain/story.ts';
import { KeptReply, type LlmPorts } from '../../providers/narrators/index.ts';

export interface JsonStore {
  findJson<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined>;
  putJson(key: string, value: unknown): Promise<void>;
}

type Memory = Pick<LlmPorts, 'findReply' | 'putReply' | 'loadStory' | 'saveStory'>;

/** Stores what the llm narrator keeps in the bucket beyond a job: memories of series, and paid replies. */
export const narratorMemory = (store: JsonStore): Memory => ({
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
    return memory;
  },
  saveStory: (memory) => store.putJson(storyKey(memory.manga_id), memory),
});
