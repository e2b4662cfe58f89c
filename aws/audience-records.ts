import { audienceKey, channelAudiencePrefix, channelReviewKey } from '../domain/artifacts.ts';
import { AudienceRecord, AudienceReview } from '../domain/audience/record.ts';
import { channelKey, mainChannel } from '../domain/channel.ts';
import { ArtifactInvalid } from '../domain/errors.ts';
import { youtubeDay } from '../domain/youtube-quota.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** What is known about the audiences of published videos: one small object for each, whose key sorts by time. */
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

    findReview: (): Promise<AudienceReview | undefined> => findJson(reviewKey, AudienceReview),
    putReview: (review: AudienceReview): Promise<void> => putJson(reviewKey, review),
  };
}

/**
 * Claims the review of a channel's audience, so that one uploader makes it on a quota day: the reports change once a day, and its changes
 * take a share of the day's units. The key of a day is the date alone, so this key has a prefix. Returns false if it is claimed.
 */
export function claimAudienceReview(table: string, channel: string, now: Date): Promise<boolean> {
  return conditionalUpdate(table, {
    Key: { date: channelKey(channel, 'audience#review') },
    UpdateExpression: 'SET quota_day = :day, begun_at = :now',
    ConditionExpression: 'attribute_not_exists(quota_day) OR quota_day < :day',
    ExpressionAttributeValues: { ':day': youtubeDay(now), ':now': now.toISOString() },
  });
}
