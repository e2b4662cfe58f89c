import { audienceKey, audiencePrefix, audienceReviewKey } from '../domain/artifacts.ts';
import { AudienceRecord, AudienceReview } from '../domain/audience/record.ts';
import { ArtifactInvalid } from '../domain/errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { conditionalUpdate } from './conditional-update.ts';

/** A review is not repeated for this long: the reports change once a day, and the daily run does not start to the minute. */
const betweenReviewsMs = 12 * 3_600_000;

/** What is known about the audiences of published videos: one small object for each, whose key sorts by time. */
export function audienceRecords({
  list,
  findJson,
  putJson,
}: Pick<ArtifactStore, 'list' | 'findJson' | 'putJson'>) {
  return {
    /** Returns the records, the newest first; the key of one that can't be read. */
    async *newestFirst(): AsyncGenerator<AudienceRecord | { unreadable: string }> {
      for await (const { key } of list(audiencePrefix)) {
        const found = await findJson(key, AudienceRecord).catch((error: unknown) => {
          if (!(error instanceof ArtifactInvalid)) throw error;
          return { unreadable: key };
        });
        if (found) yield found;
      }
    },

    find: (publishedAt: string, jobId: string): Promise<AudienceRecord | undefined> =>
      findJson(audienceKey(publishedAt, jobId), AudienceRecord),

    put: (record: AudienceRecord): Promise<void> =>
      putJson(audienceKey(record.published_at, record.job_id), record),

    findReview: (): Promise<AudienceReview | undefined> => findJson(audienceReviewKey, AudienceReview),
    putReview: (review: AudienceReview): Promise<void> => putJson(audienceReviewKey, review),
  };
}

/**
 * Claims the review of the channel's audience, so that one uploader makes it. The key of a day is the date alone, so this key has a prefix.
 * Returns false if another one has begun it in the last twelve hours.
 */
export function claimAudienceReview(table: string, now: Date): Promise<boolean> {
  return conditionalUpdate(table, {
    Key: { date: 'audience#review' },
    UpdateExpression: 'SET begun_at = :now',
    ConditionExpression: 'attribute_not_exists(begun_at) OR begun_at < :limit',
    ExpressionAttributeValues: {
      ':now': now.toISOString(),
      ':limit': new Date(now.getTime() - betweenReviewsMs).toISOString(),
    },
  });
}
