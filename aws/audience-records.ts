import { audienceKey, channelAudiencePrefix, channelReviewKey } from '../domain/artifacts.ts';
import { AudienceRecord, type AudienceReview } from '../domain/audience/record.ts';
import { mainChannel } from '../domain/channel.ts';
import { ArtifactInvalid } from '../domain/errors.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Records of the audiences of published videos: one small object for each, whose key sorts by time. */
export function audienceRecords(
  { list, findJson, putJson }: Pick<ArtifactStore, 'list' | 'findJson' | 'putJson'>,
  channel = mainChannel,
) {
  const prefix = channelAudiencePrefix(channel);
  const reviewKey = channelReviewKey(channel);
  return {
    /** Returns the records, the newest first; the key of one that can't be read. */
    async *newestFirst(): AsyncGenerator<AudienceRecord | { unreadable: string }> {
      for await (const { key } of list(prefix)) {
        // The records of the other channels, or the review, follow those of the channel.
        if (!/^\d/.test(key.slice(prefix.length))) break;
        const found = await findJson(key, AudienceRecord).catch((error: unknown) => {
          if (!(error instanceof ArtifactInvalid)) throw error;
          return { unreadable: key };
        });
        if (found) yield found;
      }
    },

    find: (publishedAt: string, jobId: string): Promise<AudienceRecord | undefined> =>
      findJson(audienceKey(channel, publishedAt, jobId), AudienceRecord),

    put: (record: AudienceRecord): Promise<void> =>
      putJson(audienceKey(channel, record.published_at, record.job_id), record),

    putReview: (review: AudienceReview): Promise<void> => putJson(reviewKey, review),
  };
}
